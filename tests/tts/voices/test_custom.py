"""The voices in the operator's folder are read, and files that cannot be read are named."""

import io
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from app.tts.voices.custom import MAX_FILE_BYTES, CustomVoices, read_folder
from app.tts.voices.styles import NotAVoice, from_npy
from tests.tts.voices.torch_files import torch_file

STYLES = np.random.default_rng(3).normal(size=(510, 256)).astype(np.float32)
OLD_STYLES = np.concatenate([np.zeros((1, 256), np.float32), STYLES])


def npy(array: npt.NDArray[Any], **options: Any) -> bytes:
    stream = io.BytesIO()
    np.save(stream, array, **options)
    return stream.getvalue()


def npz(**arrays: npt.NDArray[Any]) -> bytes:
    stream = io.BytesIO()
    np.savez(stream, **arrays)  # type: ignore[arg-type]
    return stream.getvalue()


def refusal(folder: Path) -> str:
    (problem,) = read_folder(folder).problems
    return problem


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("mine.npy", npy(STYLES)),
        ("mine.npy", npy(STYLES.reshape(510, 1, 256))),
        ("mine.npy", npy(STYLES.astype(">f4"))),
        ("mine.npy", npy(STYLES.astype(np.float64))),
        ("mine.npy", npy(np.asfortranarray(STYLES))),
        ("mine.npy", npy(OLD_STYLES)),
        ("mine.bin", STYLES.tobytes()),
        ("mine.bin", OLD_STYLES.tobytes()),
        ("mine.pt", torch_file(STYLES)),
        ("mine.pt", torch_file(OLD_STYLES.reshape(511, 1, 256))),
        ("MINE.NPY", npy(STYLES)),
    ],
)
def test_a_voice_is_called_as_its_file(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    ((voice_id, styles),) = read_folder(tmp_path).styles.items()
    assert voice_id == "mine"
    assert styles.dtype == np.float32
    assert np.array_equal(styles, STYLES)


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    for name in ("README.md", ".hidden.npy", "voice.onnx", "npy"):
        (tmp_path / name).write_bytes(b"?")
    (tmp_path / "folder").mkdir()
    assert read_folder(tmp_path) == CustomVoices()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("mine.npy", b"", "is not a .npy file of numbers"),
        ("mine.npy", npy(STYLES)[:100], "is not a .npy file of numbers"),
        ("mine.npy", npy(STYLES)[:-1], "is not a .npy file of numbers"),
        ("mine.npy", npy(np.array([{}]), allow_pickle=True), "is not a .npy file of numbers"),
        ("mine.npy", npy(STYLES).replace(b"(510, 256)", b"(True,256)"), "is not a .npy file"),
        ("mine.npy", npz(mine=STYLES), "is not a .npy file of numbers"),
        ("mine.npy", npy(STYLES.T), r"float32 of shape \(256, 510\), and a voice is float32 of"),
        ("mine.npy", npy(STYLES.astype(int)), "it holds int64"),
        ("mine.npy", npy(STYLES * np.inf), "not finite"),
        ("mine.npy", npy(STYLES * 1000), "beyond ±100"),
        ("mine.bin", STYLES.tobytes()[:-4], "has 522236 bytes, and 510 rows of 256 float32 are"),
        ("mine.bin", npz(mine=STYLES), "rows of 256 float32 are 522240"),
        ("mine.bin", bytes(MAX_FILE_BYTES + 1), "a file of at most 4194304 bytes"),
        ("mine.pt", STYLES.tobytes(), "is not a zip file as torch.save has written"),
        ("my voice.npy", npy(STYLES), "its name must be"),
        ("af+am.npy", npy(STYLES), "its name must be"),
        ("2nd.npy", npy(STYLES), "its name must be"),
        ("é.npy", npy(STYLES), "its name must be"),
        (f"{'a' * 65}.npy", npy(STYLES), "its name must be"),
        ("af_heart.npy", npy(STYLES), "there is a voice af_heart already"),
        ("Alloy.bin", STYLES.tobytes(), "there is a voice alloy already"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    problem = refusal(tmp_path)
    assert problem.startswith(f"The voice file {path} cannot be used: ")
    assert re.search(reason, problem)


def test_a_file_that_cannot_be_used_takes_no_other_with_it(tmp_path: Path) -> None:
    (tmp_path / "bad.npy").write_bytes(b"")
    (tmp_path / "good.npy").write_bytes(npy(STYLES))
    (tmp_path / "worse.pt").write_bytes(b"")
    voices = read_folder(tmp_path)
    assert list(voices.styles) == ["good"]
    assert len(voices.problems) == 2


def test_any_damage_to_a_file_is_a_refusal() -> None:
    random = np.random.default_rng(7)
    for number in range(300):
        content = bytearray(npy(np.zeros((510, 256), np.float32)))
        for place in random.integers(0, 128, 1 + number % 4):
            content[place] = random.integers(256)
        with suppress(NotAVoice):
            from_npy(bytes(content))


def test_two_files_of_one_voice_are_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.bin").write_bytes(STYLES.tobytes())
    (tmp_path / "mine.npy").write_bytes(npy(STYLES))
    assert "mine.bin is the same voice" in refusal(tmp_path)


def test_what_is_no_plain_file_is_refused_without_reading(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "mine.npy")
    assert "a voice is a file" in refusal(tmp_path)


def test_files_and_folders_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    assert "The voices folder" in refusal(tmp_path / "nothing")
    (tmp_path / "mine.npy").symlink_to(tmp_path / "nothing")
    assert refusal(tmp_path) == (
        f"The voice file {tmp_path}/mine.npy cannot be read: No such file or directory."
    )
