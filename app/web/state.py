"""The parts of the application that hooks and endpoints share, with their types."""

from dataclasses import dataclass

from flask import Flask, current_app

from app.scheduling.service import SpeechService
from app.settings import Settings
from app.telemetry.metrics import Metrics
from app.web.api_keys import Keys
from app.web.capabilities import Capabilities
from app.web.preview_cache import PreviewCache
from app.web.unsent_replies import UnsentReplies

_NAME = "kokoro"


@dataclass(frozen=True)
class State:
    """One of each for the whole application; `create_app` makes them."""

    settings: Settings
    capabilities: Capabilities
    keys: Keys
    service: SpeechService
    metrics: Metrics
    previews: PreviewCache
    unsent_replies: UnsentReplies


def set_state(app: Flask, state: State) -> None:
    """Give `app` its state."""
    app.extensions[_NAME] = state


def state_of(app: Flask) -> State:
    """Return the state of `app`."""
    state: State = app.extensions[_NAME]
    return state


def current_state() -> State:
    """Return the state of the application that answers the request in progress."""
    return state_of(current_app)
