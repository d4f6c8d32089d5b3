"""The settings decide whether our own vocoder is found, built, or left out with a reason."""

import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

import app.loading.vocoder_files
import app.tts.vocoder.vocoder_files
from app.loading.model_files import get_model, get_prepared
from app.loading.vocoder_files import get_vocoder_files, needs_vocoder_files
from app.server.start_checks import find_start_model
from app.settings import Settings
from app.tts.errors import AssetError, CannotPrepare
from app.tts.model.assets import cache_folder
from app.tts.model.prepared import PreparedGraph
from app.tts.model.session import SessionOptions
from app.tts.vocoder import build
from app.tts.vocoder.machine_code.processors import present_instruction_sets
from app.tts.vocoder.vocoder_files import (
    VocoderFiles,
    files_for_older_processors,
    files_for_this_processor,
)
from tests.servers import PROJECT, gunicorn_server
from tests.tts.vocoder.machine_code.test_code_file import FORBID
from tests.tts.vocoder.test_vocoder_files import write_small

AUTO, NATIVE, ONNXRUNTIME = (Settings(vocoder=each) for each in ("auto", "native", "onnxruntime"))

needs_a_processor = pytest.mark.skipif(
    not present_instruction_sets(), reason="our own vocoder does not run on this machine"
)


@pytest.fixture
def graph(tmp_path: Path) -> PreparedGraph:
    """A folder for a prepared model; the model is not needed."""
    graph = PreparedGraph(tmp_path / "prepared")
    graph.folder.mkdir()
    return graph


@pytest.fixture(autouse=True)
def log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Existing code passes its trial."""
    monkeypatch.setattr(app.loading.vocoder_files, "require_working", lambda files, spawn: None)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[VocoderFiles]:
    """The files that were built; tiny ones, built instantly."""
    all_made: list[VocoderFiles] = []

    def build_small(
        prepared: PreparedGraph, files: VocoderFiles, progress: object, spawn: object
    ) -> None:
        all_made.append(files)
        write_small(files)

    monkeypatch.setattr(build, "build_vocoder_files", build_small)
    return all_made


def refused(graph: PreparedGraph | None, caplog: pytest.LogCaptureFixture) -> str:
    """Return the log line for a vocoder that is left out, which is an error if it was asked for."""
    caplog.clear()
    assert get_vocoder_files(graph, AUTO) is None
    (logged,) = caplog.messages
    with pytest.raises(AssetError) as raised:
        get_vocoder_files(graph, NATIVE)
    hint = " With KOKORO_VOCODER=auto ONNX Runtime would run the vocoder."
    assert str(raised.value) == logged.removeprefix("ONNX Runtime runs the vocoder. ") + hint
    return logged


@pytest.mark.usefixtures("trusted")
@needs_a_processor
def test_missing_files_are_built_once_and_found_later(
    graph: PreparedGraph, made: list[VocoderFiles]
) -> None:
    assert needs_vocoder_files(graph, AUTO)
    files = get_vocoder_files(graph, AUTO)
    assert made == [files]
    assert not needs_vocoder_files(graph, AUTO)
    assert get_vocoder_files(graph, NATIVE) == files
    assert len(made) == 1


@pytest.mark.usefixtures("trusted")
@needs_a_processor
def test_damaged_files_are_rebuilt(graph: PreparedGraph, made: list[VocoderFiles]) -> None:
    files = files_for_this_processor(graph.folder)
    write_small(files)
    files.manifest.unlink()
    assert needs_vocoder_files(graph, AUTO)
    for path in (files.code, files.weights):
        path.unlink()
    files.folder.rmdir()
    assert get_vocoder_files(graph, AUTO) == files
    assert made == [files]


def test_files_are_not_looked_for_if_the_settings_ask_for_onnx_runtime(
    graph: PreparedGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*arguments: object) -> None:
        raise AssertionError("The files were looked for.")

    monkeypatch.setattr(app.loading.vocoder_files, "files_for_this_processor", never)
    assert get_vocoder_files(graph, ONNXRUNTIME) is None
    assert not needs_vocoder_files(graph, ONNXRUNTIME)


@pytest.mark.parametrize("flag", ["fma", "avx2"])
def test_a_processor_without_the_instructions_is_refused_with_what_it_lacks(
    graph: PreparedGraph,
    flag: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    (tmp_path / "proc").mkdir()
    lines = Path("/proc/cpuinfo").read_text().replace(f" {flag} ", " ")
    (tmp_path / "proc/cpuinfo").write_text(lines)
    present = partial(present_instruction_sets, tmp_path, "x86_64")
    monkeypatch.setattr(app.tts.vocoder.vocoder_files, "present_instruction_sets", present)
    assert "a processor with AVX2 and FMA, or 64-bit Arm" in refused(graph, caplog)
    assert not needs_vocoder_files(graph, AUTO)


def test_a_model_that_is_not_prepared_runs_on_onnx_runtime(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert "in one piece" in refused(None, caplog)


def test_onnx_runtime_runs_the_vocoder_on_a_device(
    graph: PreparedGraph, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(SessionOptions, "runs_on_processor", False)
    assert "accelerated by a device" in refused(graph, caplog)
    assert not needs_vocoder_files(graph, Settings(acceleration="cuda"))


@needs_a_processor
def test_code_that_does_not_run_is_not_used(
    graph: PreparedGraph, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for files in (
        files_for_this_processor(graph.folder),
        *files_for_older_processors(graph.folder),
    ):
        write_small(files)

    def crashes(files: VocoderFiles, spawn: Callable[..., int]) -> None:
        raise CannotPrepare("The code crashed.")

    monkeypatch.setattr(app.loading.vocoder_files, "require_working", crashes)
    assert refused(graph, caplog) == "ONNX Runtime runs the vocoder. The code crashed."


def python(code: str, *arguments: Path, **environ: str) -> str:
    result = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=PROJECT,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout + result.stderr


WITHOUT_COMPILER = """
import logging, sys
from pathlib import Path
from app.loading.vocoder_files import get_vocoder_files
from app.settings import Settings
from app.tts.errors import AssetError
from app.tts.model.prepared import PreparedGraph
logging.basicConfig(level="INFO", format="%(message)s")
graph = PreparedGraph(Path(sys.argv[1]))
assert get_vocoder_files(graph, Settings()) is None
try:
    get_vocoder_files(graph, Settings(vocoder="native"))
except AssetError as error:
    print(error)
"""


@needs_a_processor
@pytest.mark.slow
def test_without_the_compiler_onnx_runtime_runs_and_the_log_says_how_to_install_it(
    graph: PreparedGraph, tmp_path: Path
) -> None:
    modules = tmp_path / "modules"
    modules.mkdir()
    (modules / "llvmlite.py").write_text("raise ModuleNotFoundError(name='llvmlite')")
    said = python(WITHOUT_COMPILER, graph.folder, PYTHONPATH=f"{modules}:{PROJECT}")
    assert "ONNX Runtime runs the vocoder. llvmlite is not installed" in said
    assert "pip install llvmlite" in said
    assert "With KOKORO_VOCODER=auto" in said


SPEAK = """
import sys
from app.loading.engine import load_engine
from app.settings import Settings
from app.tts.types import SynthesisOptions
engine = load_engine(Settings(vocoder="native"))
sound = list(engine.synthesize("Hello there.", SynthesisOptions("af_heart")))
assert sum(len(chunk.samples) for chunk in sound) > 10_000
assert "own kernels" in str(engine), engine
assert "llvmlite" not in sys.modules
"""


@pytest.fixture
def real() -> VocoderFiles:
    """The real vocoder's files, in the user's cache."""
    settings = Settings()
    files = get_vocoder_files(get_prepared(get_model(settings), settings), NATIVE)
    assert files is not None
    return files


@needs_a_processor
@pytest.mark.slow
@pytest.mark.usefixtures("real")
def test_prepared_files_speak_without_importing_the_compiler() -> None:
    python(SPEAK)


@needs_a_processor
@pytest.mark.slow
@pytest.mark.usefixtures("real")
def test_prepared_files_speak_where_no_memory_may_become_executable() -> None:
    python(FORBID + SPEAK)


@needs_a_processor
@pytest.mark.slow
def test_a_first_start_builds_only_the_vocoder_if_the_rest_is_prepared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings()
    prepared = get_prepared(get_model(settings), settings)
    assert prepared is not None
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    copy = PreparedGraph(cache_folder() / prepared.folder.name)
    copy.folder.mkdir(parents=True)
    for path in prepared.folder.iterdir():
        if path.is_file() and path.suffix != ".lock":
            (copy.folder / path.name).symlink_to(path)
    start = find_start_model(settings)
    assert start.prepared == copy
    assert start.needs_preparing
    assert not find_start_model(ONNXRUNTIME).needs_preparing
    with gunicorn_server({}, tmp_path / "log") as server:
        server.wait_until_healthy()
        _, _, after = server.log.partition("Preparing the vocoder for this processor")
        assert "Ready to speak" in after
        assert "own kernels" in after
        assert "Preparing the model" not in server.log
    assert not find_start_model(settings).needs_preparing
