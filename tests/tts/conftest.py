"""Fixtures that the tests of app.tts share."""

import pytest

from app.tts.build_engine import build_engine
from app.tts.engine import KokoroEngine
from app.tts.model.assets import ModelFile
from tests.conftest import TINY_VOICE


@pytest.fixture(scope="session")
def tiny_engine() -> KokoroEngine:
    """The engine with the tiny voice, which tells no durations, and no cache."""
    return build_engine(ModelFile("tests", TINY_VOICE, ""))


@pytest.fixture
def engine(tiny_engine: KokoroEngine) -> KokoroEngine:
    """The engine of a test, unless its module has one of its own."""
    return tiny_engine
