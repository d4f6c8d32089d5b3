"""API errors keep to a bounded message."""

from app.web.errors import InvalidRequest


def test_no_message_is_longer_than_a_thousand_characters() -> None:
    error = InvalidRequest("x" * 5000).body["error"]
    assert error["message"] == "x" * 999 + "…"
