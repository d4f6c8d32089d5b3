"""`GET /v1/models` and `GET /v1/audio/models`: the names of the one model."""

from flask import Response, jsonify

from app.version import NAME
from app.web.endpoints import Endpoint, Operation, ReplyDescription
from app.web.openapi.contents import json_content
from app.web.refusals import unknown_model
from app.web.replies import AudioModel, AudioModelList, ModelList, ModelReply
from app.web.state import current_state

bp = Endpoint("models", __name__)

RELEASED = 1_737_936_000
"""Day of Kokoro v1.0's release, 27 January 2025, in seconds since 1970."""


@bp.get("/v1/models")
@bp.describe(
    Operation(
        summary="List the models",
        replies={
            200: ReplyDescription(
                "All names of the one model, in OpenAI's shape.", json_content(ModelList)
            )
        },
    )
)
def index() -> Response:
    """List the models in OpenAI's shape."""
    models = [_model(name) for name in current_state().capabilities.models]
    return jsonify(ModelList(object="list", data=models))


@bp.get("/v1/models/<path:name>")
@bp.describe(
    Operation(
        summary="Describe a model",
        replies={200: ReplyDescription("The model.", json_content(ModelReply))},
        failures=(404,),
        parameters={"name": {"description": "A name of the model.", "example": "tts-1"}},
    )
)
def show(name: str) -> Response:
    """Describe one model."""
    capabilities = current_state().capabilities
    if not capabilities.has_model(name):
        raise unknown_model(name, capabilities)
    return jsonify(_model(name))


@bp.get("/v1/audio/models")
@bp.describe(
    Operation(
        summary="List the models for Open WebUI",
        replies={
            200: ReplyDescription("All names of the one model.", json_content(AudioModelList))
        },
    )
)
def audio_index() -> Response:
    """List the models in the shape in which Open WebUI looks for speech models."""
    models = [AudioModel(id=name) for name in current_state().capabilities.models]
    return jsonify(AudioModelList(models=models))


def _model(name: str) -> ModelReply:
    return ModelReply(id=name, object="model", created=RELEASED, owned_by=NAME)
