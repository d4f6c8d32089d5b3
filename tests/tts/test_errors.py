"""Errors pass from the process that prepares a model to the one that waits for it."""

import pickle
from pathlib import Path

import pytest

from app.tts import errors
from app.tts.errors import InputError, SpeechError, UnknownVoice
from app.tts.model.ownership import NotOurs
from app.tts.prepare.onnx_editor import NoMatch

OF_THEIR_OWN = {
    InputError: InputError("It cannot be spoken.", field="voice"),
    UnknownVoice: UnknownVoice("there is no voice 'x'."),
}
PLAIN = [
    kind("What is wrong.")
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, SpeechError) and kind not in OF_THEIR_OWN
]


@pytest.mark.parametrize(
    "error",
    [*OF_THEIR_OWN.values(), *PLAIN, NoMatch("no norm"), NotOurs(Path("/x"), "belongs to bob")],
    ids=lambda error: type(error).__name__,
)
def test_an_error_can_be_sent_to_another_process(error: Exception) -> None:
    received = pickle.loads(pickle.dumps(error))
    assert type(received) is type(error)
    assert str(received) == str(error)
    assert vars(received) == vars(error)
