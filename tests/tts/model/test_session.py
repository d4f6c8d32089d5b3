"""The kind of a model file is checked, and its inputs get the types that it wants."""

import gc
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import onnx.parser
import psutil
import pytest

from app.tts.errors import AssetError, InferenceError, InputError
from app.tts.model.session import PROVIDERS, KokoroSession, SessionOptions
from tests.conftest import TINY_VOICE
from tests.servers import PROJECT

STYLE = np.ones((1, 256), np.float32)


def model_with(inputs: str, body: str = "audio = Identity(style)") -> bytes:
    text = f"""
        <ir_version: 8, opset_import: ["" : 17]>
        graph ({inputs}) => (float[n, m] audio) {{ {body} }}
    """
    content: bytes = onnx.parser.parse_model(text).SerializeToString()
    return content


def test_a_model_is_loaded_from_a_path_or_its_content() -> None:
    from_path, from_content = KokoroSession(TINY_VOICE), KokoroSession(TINY_VOICE.read_bytes())
    samples = from_path.speak([5, 6, 7], STYLE, 1.0)
    assert samples.dtype == np.float32
    assert samples.shape == (5 * 1200,)
    assert np.array_equal(samples, from_content.speak([5, 6, 7], STYLE, 1.0))


def test_tokens_are_padded_with_silence_at_both_ends_and_speed_shortens_them() -> None:
    samples = KokoroSession(TINY_VOICE).speak([5], STYLE, 2.0)
    assert samples.shape == (3 * 600,)
    assert not samples[:600].any()
    assert samples[600:1200].any()
    assert not samples[1200:].any()


@pytest.mark.parametrize("content", [b"", b"not a model", TINY_VOICE.read_bytes()[:-100]])
def test_a_file_that_is_no_onnx_is_named_as_such(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.onnx"
    path.write_bytes(content)
    with pytest.raises(AssetError, match=f"{path} is not an ONNX file"):
        KokoroSession(path)


def test_onnx_that_is_not_kokoro_is_named_as_such() -> None:
    with pytest.raises(AssetError, match="not Kokoro: its inputs are pixels, style"):
        KokoroSession(model_with("float[1, 3] pixels, float[1, 256] style"))


def test_another_exports_names_and_types_are_taken() -> None:
    session = KokoroSession(
        model_with("int64[1, n] input_ids, float[1, 256] style, int32[1] speed")
    )
    assert session.speak([1, 2], STYLE, 2.0).shape == (256,)
    with pytest.raises(InputError) as refused:
        session.speak([1, 2], STYLE, 1.5)
    assert refused.value.field == "speed"


def test_sound_that_is_not_finite_is_a_failure() -> None:
    inputs = "int64[1, n] tokens, float[1, 256] style, float[1] speed"
    session = KokoroSession(model_with(inputs, "audio = Log(style)"))
    assert session.speak([1], STYLE, 1.0).shape == (256,)
    with pytest.raises(InferenceError, match="not finite"):
        session.speak([1], -STYLE, 1.0)


def test_a_run_that_fails_is_an_inference_error() -> None:
    with pytest.raises(InferenceError, match="could not be run"):
        KokoroSession(TINY_VOICE).speak([5], np.ones((2, 3), np.float32), 1.0)


def test_acceleration_that_is_missing_is_refused_with_its_package() -> None:
    with pytest.raises(AssetError, match="onnxruntime-directml"):
        KokoroSession(TINY_VOICE, SessionOptions("directml"))


def test_onnx_runtime_tells_nobody_of_its_runs(tmp_path: Path) -> None:
    code = f"""
import os
import subprocess
import sys
from pathlib import Path
from app.tts.model.session import Session, SessionOptions
Session(Path({str(TINY_VOICE)!r}), SessionOptions("cpu"))
"""
    environ = {name: text for name, text in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    environ["XDG_CACHE_HOME"] = str(tmp_path)
    subprocess.run([sys.executable, "-c", code], env=environ, cwd=PROJECT, check=True)
    assert not list(tmp_path.iterdir())  # the folder of its reports until they are sent


@pytest.mark.parametrize("acceleration", ["auto", "cpu"])
def test_what_is_present_is_used(acceleration: str) -> None:
    session = KokoroSession(TINY_VOICE, SessionOptions(acceleration))
    assert session.provider in {provider for provider, _ in PROVIDERS.values()}


@pytest.mark.parametrize(
    ("options", "threads"),
    [
        (SessionOptions(threads=5), 5),
        (SessionOptions(threads=1), 1),
        (SessionOptions(threads=40), 40),
    ],
)
def test_a_session_holds_as_many_threads_as_it_is_told(
    options: SessionOptions, threads: int
) -> None:
    gc.collect()  # sessions of other tests
    before = psutil.Process().num_threads()
    session = KokoroSession(TINY_VOICE, options)
    # The run itself adds one thread.
    assert psutil.Process().num_threads() - before == threads - 1
    assert session.provider


def test_by_default_it_is_one_a_core_that_may_be_used_and_no_more_than_help(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.tts.model.session.usable_cores", lambda: 2)
    assert SessionOptions().cores == 2
    monkeypatch.setattr("app.tts.model.session.usable_cores", lambda: 64)
    assert SessionOptions().cores == 16
