"""JSON of replies, as Flask writes it."""

from typing import Any

from flask.json.provider import DefaultJSONProvider
from pydantic import BaseModel


class JsonProvider(DefaultJSONProvider):
    """Writes models of `app.web.replies` with their members in the order of the class."""

    sort_keys = False

    @staticmethod
    def default(o: Any) -> Any:
        """Return the replacement of a value that has no JSON type."""
        return o.model_dump() if isinstance(o, BaseModel) else DefaultJSONProvider.default(o)
