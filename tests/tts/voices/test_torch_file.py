"""PyTorch's files are read without running the pickles in them."""

import pickle
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED

import numpy as np
import pytest

from app.tts.voices.styles import NotAVoice
from app.tts.voices.torch_file import from_torch
from tests.tts.voices.torch_files import archive, members_of, torch_file

STYLES = np.random.default_rng(5).normal(size=(510, 1, 256)).astype(np.float32)


@pytest.mark.parametrize(
    "content",
    [
        torch_file(STYLES),
        torch_file(STYLES[:, 0]),
        torch_file(STYLES, location="cuda:0"),
        torch_file(STYLES, requires_grad=True),
    ],
    ids=["three dimensions", "two", "from a GPU", "trained"],
)
def test_a_voice_that_was_saved_is_read(content: bytes) -> None:
    assert np.array_equal(from_torch(content), STYLES[:, 0])


class Malicious:
    def __init__(self, target: Path) -> None:
        self._target = target

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self._target,)


def test_what_a_pickle_would_do_is_not_done(tmp_path: Path) -> None:
    target = tmp_path / "owned"
    members = members_of(torch_file(STYLES))
    evil = pickle.dumps(Malicious(target), protocol=2)
    for content in (evil, evil[:-1] + b"0" + members["data.pkl"][2:]):
        with pytest.raises(NotAVoice, match="does not hold a contiguous"):
            from_torch(archive({**members, "data.pkl": content}))
    assert not target.exists()
    pickle.loads(evil)
    assert target.exists()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is not a zip file"),
        (pickle.dumps([1.0]), "is not a zip file"),
        (archive({}), "is not a tensor"),
        (archive({"data.pkl": b"\x80\x02X", "data/0": b""}), "pickle cannot be read"),
        (archive({"data.pkl": b"." * 5000, "data/0": b""}), "is not a tensor"),
        (
            torch_file(STYLES.astype(np.float64), storage_type="DoubleStorage"),
            "does not hold a contiguous",
        ),
        (torch_file(STYLES[:, 0], stride=(1, 510)), "does not hold a contiguous"),
        (torch_file(STYLES, offset=256), "does not hold a contiguous"),
        (torch_file(STYLES[:100]), "does not hold a contiguous"),
        (torch_file(np.zeros((256, 510), np.float32)), "does not hold a contiguous"),
        (archive({**members_of(torch_file(STYLES)), "data/0": b"1234"}), "is cut off"),
        (torch_file(np.full_like(STYLES, np.nan)), "not finite"),
        (archive(members_of(torch_file(STYLES)), compression=ZIP_DEFLATED), "is compressed"),
    ],
)
def test_all_else_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(NotAVoice, match=reason):
        from_torch(content)


def test_damage_anywhere_is_refused_or_seen_in_the_numbers() -> None:
    content, random = torch_file(STYLES), np.random.default_rng(7)
    directory = range(len(content) - 250, len(content))
    for place in [*range(700), *random.integers(0, len(content), 200), *directory]:
        damaged = bytearray(content)
        damaged[place] ^= 0xFF
        try:
            styles = from_torch(bytes(damaged))
        except NotAVoice:
            continue
        assert styles.shape == (510, 256)
