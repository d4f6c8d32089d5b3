"""The vocoder's files are built once, checked, and kept all or nothing."""

import os
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import onnx
import pytest
from onnx import numpy_helper

from app.tts.errors import CannotPrepare
from app.tts.model.assets import Progress
from app.tts.model.prepared import PreparedGraph
from app.tts.vocoder import build
from app.tts.vocoder.build import PROGRESS_STEPS, build_vocoder_files
from app.tts.vocoder.machine_code.processors import present_instruction_sets
from app.tts.vocoder.vocoder_files import VocoderFiles, files_for_this_processor
from tests.servers import wait_until
from tests.tts.model.test_ownership import STRANGER
from tests.tts.vocoder.test_vocoder_files import RUN, write_small

needs_a_processor = pytest.mark.skipif(
    not present_instruction_sets(), reason="our own vocoder does not run on this machine"
)

pytestmark = needs_a_processor


class SmallBuilds:
    """Builds tiny files instantly and counts the builds; `failure` is raised at the end of one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        self.failure: Exception | None = None
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        monkeypatch.setattr(build, "_write", self._write)
        monkeypatch.setattr(build, "require_working", lambda files, spawn: None)
        monkeypatch.setattr(build, "_compare", self._compare)

    def _write(self, prepared: PreparedGraph, made: VocoderFiles, report: Progress) -> None:
        self.count += 1
        write_small(made)
        assert self.may_go_on.wait(20)

    def _compare(self, prepared: PreparedGraph, made: VocoderFiles) -> None:
        if self.failure:
            raise self.failure


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> SmallBuilds:
    return SmallBuilds(monkeypatch)


@pytest.fixture
def empty(tmp_path: Path) -> PreparedGraph:
    """A folder for a prepared model; the model is not needed."""
    graph = PreparedGraph(tmp_path / "prepared")
    graph.folder.mkdir()
    return graph


def folders(graph: PreparedGraph) -> list[str]:
    return sorted(path.name for path in graph.folder.iterdir() if path.is_dir())


def test_damaged_and_leftover_files_and_those_of_other_versions_are_removed(
    small: SmallBuilds, empty: PreparedGraph
) -> None:
    files = files_for_this_processor(empty.folder)
    kind = f"vocoder-{files.instruction_set.name}"
    write_small(files)
    files.code.write_bytes(b"damage")
    (empty.folder / f"{files.folder.name}.left-by-a-killed-process" / "made").mkdir(parents=True)
    (empty.folder / f"{kind}-0123456789ab").mkdir()
    (empty.folder / "vocoder-another-0123456789ab").mkdir()
    build_vocoder_files(empty, files)
    assert files.is_intact()
    assert folders(empty) == sorted(["vocoder-another-0123456789ab", files.folder.name])


def test_intact_files_are_not_built_again(small: SmallBuilds, empty: PreparedGraph) -> None:
    files = files_for_this_processor(empty.folder)
    for _ in range(2):
        build_vocoder_files(empty, files)
    assert small.count == 1


def test_two_builds_at_once_do_the_work_once(small: SmallBuilds, empty: PreparedGraph) -> None:
    files = files_for_this_processor(empty.folder)
    small.may_go_on.clear()
    with ThreadPoolExecutor() as two:
        tasks = [two.submit(build_vocoder_files, empty, files) for _ in range(2)]
        wait_until(lambda: small.count)
        small.may_go_on.set()
        for task in tasks:
            task.result()
    assert small.count == 1
    assert files.is_intact()


def test_a_build_of_another_version_in_progress_is_not_disturbed(
    small: SmallBuilds, empty: PreparedGraph
) -> None:
    ours = files_for_this_processor(empty.folder)
    kind = ours.folder.name.rpartition("-")[0]
    theirs = VocoderFiles(empty.folder / f"{kind}-0123456789ab", ours.instruction_set)
    small.may_go_on.clear()
    with ThreadPoolExecutor() as two:
        other = two.submit(build_vocoder_files, empty, theirs)
        wait_until(lambda: small.count)
        our = two.submit(build_vocoder_files, empty, ours)
        time.sleep(0.3)  # long enough to do harm
        small.may_go_on.set()
        other.result()
        our.result()
    assert small.count == 2
    assert folders(empty) == [ours.folder.name]


@pytest.mark.parametrize("failure", [CannotPrepare("It crashes."), ZeroDivisionError()])
def test_a_build_that_fails_leaves_nothing_behind(
    small: SmallBuilds, empty: PreparedGraph, failure: Exception
) -> None:
    small.failure = failure
    with pytest.raises(type(failure)):
        build_vocoder_files(empty, files_for_this_processor(empty.folder))
    assert folders(empty) == []


@pytest.mark.parametrize(("level", "is_kept"), [(50, True), (49, False), (float("nan"), False)])
def test_files_are_kept_only_if_their_output_agrees_with_onnx_runtimes(
    empty: PreparedGraph, monkeypatch: pytest.MonkeyPatch, level: float, is_kept: bool
) -> None:
    monkeypatch.setattr(build, "_write", lambda prepared, made, report: write_small(made))
    monkeypatch.setattr(build, "require_working", lambda files, spawn: None)
    monkeypatch.setattr(build, "NativeVocoder", lambda loaded, cores: None)
    agreements = [("sentence", 61.0), ("window", level)]
    monkeypatch.setattr(build, "_agreements", lambda prepared, ours: iter(agreements))
    files = files_for_this_processor(empty.folder)
    if is_kept:
        build_vocoder_files(empty, files)
        assert files.is_intact()
    else:
        with pytest.raises(CannotPrepare, match=f"{level:.0f} dB from ONNX Runtime's in a window"):
            build_vocoder_files(empty, files)
        assert folders(empty) == []


@pytest.fixture
def closed() -> Iterator[PreparedGraph]:
    """A folder that this process cannot write to."""
    # Outside pytest's folder, which other users cannot enter.
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        graph = PreparedGraph(Path(folder) / "prepared")
        graph.folder.mkdir(mode=0o555)
        if os.geteuid() == 0:
            os.seteuid(STRANGER)
        yield graph
        os.seteuid(os.getuid())


def test_a_folder_that_cannot_be_written_to_is_named_as_the_reason(
    small: SmallBuilds, closed: PreparedGraph
) -> None:
    with pytest.raises(CannotPrepare, match=r"cannot be kept: .*Permission denied"):
        build_vocoder_files(closed, files_for_this_processor(closed.folder))


def test_a_full_disk_is_named_as_the_reason_and_nothing_is_left_behind(
    small: SmallBuilds, empty: PreparedGraph
) -> None:
    small.failure = OSError(28, "No space left on device")
    with pytest.raises(CannotPrepare, match=r"cannot be kept: .*No space left"):
        build_vocoder_files(empty, files_for_this_processor(empty.folder))
    assert folders(empty) == []


@pytest.fixture
def linked(prepared: PreparedGraph, tmp_path: Path) -> PreparedGraph:
    """The prepared model in another folder."""
    graph = PreparedGraph(tmp_path / "prepared")
    graph.folder.mkdir()
    graph.acoustic.symlink_to(prepared.acoustic)
    graph.vocoder.symlink_to(prepared.vocoder)
    return graph


@pytest.mark.slow
def test_the_real_files_are_built_and_checked_with_progress(linked: PreparedGraph) -> None:
    files = files_for_this_processor(linked.folder)
    progress: list[tuple[int, int]] = []
    build_vocoder_files(linked, files, lambda *step: progress.append(step))
    assert files.is_intact()
    assert folders(linked) == [files.folder.name]
    assert progress == [(step, PROGRESS_STEPS) for step in range(PROGRESS_STEPS + 1)]


def renamed(model: onnx.ModelProto) -> None:
    """Turn it into another export, with other names for its constants."""
    (bias,) = (i for i in model.graph.initializer if i.name.endswith("m_source.l_linear.bias"))
    bias.name = "another"


def narrowed(model: onnx.ModelProto) -> None:
    """Turn it into a smaller model, whose convolutions have half the channels."""
    for constant in model.graph.initializer:
        array = numpy_helper.to_array(constant)
        if array.shape[:2] == (128, 128):
            constant.CopyFrom(numpy_helper.from_array(array[:64, :64].copy(), constant.name))


def without_statistics(model: onnx.ModelProto) -> None:
    """Turn it into a graph that does not take the statistics of its layers."""
    for node in [node for node in model.graph.node if node.op_type == "Split"]:
        model.graph.node.remove(node)


@pytest.mark.slow
@pytest.mark.parametrize("change", [renamed, narrowed, without_statistics])
def test_a_graph_of_another_structure_is_refused(
    linked: PreparedGraph, change, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = onnx.load(linked.vocoder)
    change(model)
    linked.vocoder.unlink()
    onnx.save(model, linked.vocoder)
    monkeypatch.setattr(build, "kernels_text", lambda *arguments: RUN)
    with pytest.raises(CannotPrepare, match="does not have the expected structure"):
        build_vocoder_files(linked, files_for_this_processor(linked.folder))
    assert folders(linked) == []
