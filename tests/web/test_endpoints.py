"""An endpoint is registered with one record, and every part of the server goes by it."""

import json
from typing import Any

import pytest
from flask import Flask, Response, jsonify
from flask.testing import FlaskClient
from openapi_spec_validator import OpenAPIV31SpecValidator

from app import blueprints, create_app
from app.settings import ENDPOINTS, Settings
from app.web.endpoints import Endpoint, Operation, ReplyDescription
from app.web.openapi import document
from app.web.openapi.contents import json_content
from app.web.replies import Reply
from tests.fakes import FakeEngine

PATH = "/v1/echo"
AUTHORIZED = {"Authorization": "Bearer s3cret"}


class EchoReply(Reply):
    """An echo."""

    heard: str
    """The words of the path."""


def echo_endpoint(**record: Any) -> Endpoint:
    bp = Endpoint("echo", __name__, **record)

    @bp.get(f"{PATH}/<words>")
    @bp.get(f"{PATH}/<words>/loud")
    @bp.describe(
        Operation(
            summary="Say it again",
            replies={200: ReplyDescription("The echo.", json_content(EchoReply))},
            parameters={"words": {"description": "Some words.", "example": "hello"}},
        )
    )
    def show(words: str) -> Response:
        return jsonify(EchoReply(heard=words))

    return bp


def app_with(endpoint: Endpoint, **settings: Any) -> Flask:
    app = create_app(Settings(**settings), FakeEngine())
    app.register_blueprint(endpoint)
    return app


def client_with(endpoint: Endpoint, **settings: Any) -> FlaskClient:
    return app_with(endpoint, **settings).test_client()


def test_it_answers_with_its_model() -> None:
    assert client_with(echo_endpoint()).get(f"{PATH}/hello").json == {"heard": "hello"}


def test_it_is_described_with_its_reply_and_a_name_for_each_route() -> None:
    shown = document(app_with(echo_endpoint(), api_key="s3cret"))
    OpenAPIV31SpecValidator(shown).validate()
    operation = shown["paths"]["/v1/echo/{words}"]["get"]
    assert operation["summary"] == "Say it again"
    assert operation["operationId"] == "echo_show"
    assert operation["security"]
    assert "401" in operation["responses"]
    loud = shown["paths"]["/v1/echo/{words}/loud"]["get"]
    assert loud["operationId"] == "v1_echo_words_loud"
    heard = shown["components"]["schemas"]["EchoReply"]["properties"]["heard"]
    assert heard["description"] == "The words of the path."


def app_at(*paths: str, **operation: Any) -> Flask:
    """An application with an endpoint whose one view has these paths, first to last."""
    bp = Endpoint("echo", __name__)
    view = bp.describe(Operation("Say it", {200: ReplyDescription("It.", {})}, **operation))(show)
    for path in reversed(paths):  # as decorators do
        view = bp.get(path)(view)
    return app_with(bp)


def described_at(*paths: str, **operation: Any) -> dict[str, Any]:
    found: dict[str, Any] = document(app_at(*paths, **operation))["paths"]
    return found


def show(**variables: str) -> str:
    return str(variables)


LOUDNESS = {
    "name": "loudness",
    "in": "query",
    "required": False,
    "description": "How loud.",
    "schema": {"type": "integer"},
    "example": 3,
}


def test_a_query_is_described_where_the_path_has_no_variable() -> None:
    operation = described_at(PATH, queries=(LOUDNESS,))[PATH]["get"]
    assert operation["parameters"] == [LOUDNESS]


def test_the_page_shows_a_query_that_is_a_number() -> None:
    page = app_at(PATH, queries=(LOUDNESS,)).test_client().get("/docs")
    assert page.status_code == 200
    assert "such as 3" in page.text


def test_every_variable_of_a_path_is_described_in_its_order() -> None:
    about = {"description": "Who speaks.", "example": "alice"}
    parameters = {"words": {"description": "Some words.", "example": "hello"}, "name": about}
    paths = described_at(f"{PATH}/<name>/<path:words>", parameters=parameters, queries=(LOUDNESS,))
    name, words, query = paths[f"{PATH}/{{name}}/{{words}}"]["get"]["parameters"]
    assert name == {
        "name": "name",
        "in": "path",
        "required": True,
        "schema": {"type": "string"},
        **about,
    }
    assert words["description"] == "Some words."
    assert query == LOUDNESS


def test_a_variable_without_a_description_is_an_error() -> None:
    with pytest.raises(KeyError, match="words"):
        described_at(f"{PATH}/<words>")


def test_the_first_path_of_a_view_has_its_name_whatever_the_alphabet_says() -> None:
    paths = described_at("/v1/zebra", "/v1/ape", "/v1/bee")
    names = {
        path: paths[path]["get"]["operationId"] for path in ("/v1/zebra", "/v1/ape", "/v1/bee")
    }
    assert names == {"/v1/zebra": "echo_show", "/v1/ape": "v1_ape", "/v1/bee": "v1_bee"}


def test_two_operations_of_one_name_are_an_error() -> None:
    with pytest.raises(ValueError, match="'root_show'"):
        described_at(PATH, "/root/show")


def test_a_view_without_an_operation_is_an_error() -> None:
    bp = Endpoint("bare", __name__)
    bp.get("/v1/bare", endpoint="show")(lambda: "")
    with pytest.raises(LookupError, match="'show' of the endpoint 'bare' has no operation"):
        document(app_with(bp))


def test_it_is_listed_among_the_endpoints() -> None:
    listed = client_with(echo_endpoint()).get("/v1").json
    assert listed is not None
    assert "GET /v1/echo/{words}" in listed["endpoints"]


def test_it_is_behind_the_key() -> None:
    client = client_with(echo_endpoint(), api_key="s3cret")
    assert client.get(f"{PATH}/hello").status_code == 401
    assert client.get(f"{PATH}/hello", headers=AUTHORIZED).status_code == 200


def test_it_may_be_made_public_by_its_name() -> None:
    app = app_with(echo_endpoint(), api_key="s3cret", public_endpoints=("echo",))
    assert app.test_client().get(f"{PATH}/hello").status_code == 200
    assert "security" not in document(app)["paths"]["/v1/echo/{words}"]["get"]


def test_a_page_needs_no_key_and_is_no_part_of_the_document() -> None:
    app = app_with(echo_endpoint(is_page=True), api_key="s3cret")
    assert app.test_client().get(f"{PATH}/hello").status_code == 200
    assert "/v1/echo/{words}" not in document(app)["paths"]


@pytest.mark.parametrize(("makes_speech", "statuses"), [(True, [200, 429]), (False, [200, 200])])
def test_only_endpoints_that_make_speech_are_rate_limited(
    makes_speech: bool, statuses: list[int]
) -> None:
    client = client_with(echo_endpoint(makes_speech=makes_speech), rate_limit="1/day")
    assert [client.get(f"{PATH}/hello").status_code for _ in range(2)] == statuses


@pytest.mark.parametrize(("is_probe", "lines"), [(True, 0), (False, 1)])
def test_requests_to_probes_are_not_logged(
    is_probe: bool, lines: int, capsys: pytest.CaptureFixture[str]
) -> None:
    client_with(echo_endpoint(is_probe=is_probe), log_format="json").get(f"{PATH}/hello")
    logged = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["event"] for line in logged].count("Request answered.") == lines


def test_an_endpoint_that_the_setting_does_not_know_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(blueprints, "ALL", (*blueprints.ALL, echo_endpoint()))
    with pytest.raises(LookupError, match=r"'echo'.*app/settings/choices\.py"):
        create_app(Settings(), FakeEngine())


def test_a_page_needs_no_place_in_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blueprints, "ALL", (*blueprints.ALL, echo_endpoint(is_page=True)))
    assert "echo" in create_app(Settings(), FakeEngine()).blueprints


def test_the_setting_of_public_endpoints_allows_every_endpoint_that_is_no_page() -> None:
    """`app.settings` cannot import the endpoints, so it lists their names."""
    assert {bp.name for bp in blueprints.ALL if not bp.is_page} == set(ENDPOINTS)
