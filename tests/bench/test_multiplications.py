"""docs/vocoder.md states the multiplications that follow from architecture and transforms."""

import re
from pathlib import Path

import pytest

from app.tts.vocoder.kernels.transforms import for_taps
from app.tts.vocoder.machine_code.processors import INSTRUCTION_SETS
from bench.speed.multiplications import of_profile, of_transforms, of_vocoder
from tests.servers import PROJECT

TEXT = Path(PROJECT / "docs" / "vocoder.md").read_text()
MINUTE = of_vocoder(60 * 40)


def table_row(name: str) -> list[float]:
    (row,) = re.findall(rf"^\| {name} \|(.*)\|$", TEXT, re.MULTILINE)
    return [float(cell) for cell in row.split("|")[-3:]]


def test_the_documented_multiplications_per_second_follow_from_the_architecture() -> None:
    tap_by_tap, transformed = MINUTE.by_taps / 60e9, MINUTE.ours / 60e9
    assert table_row("all") == pytest.approx(
        [tap_by_tap, transformed, tap_by_tap / transformed], abs=0.005
    )
    assert table_row("the rest") == pytest.approx([MINUTE.rest / 60e9] * 2 + [1], abs=0.005)
    stages = [table_row(f"{name} stage") for name in ("first", "second")]
    assert sum(stage[0] for stage in stages) == pytest.approx(MINUTE.direct / 60e9, abs=0.01)
    assert sum(stage[1] for stage in stages) == pytest.approx(MINUTE.transformed / 60e9, abs=0.01)


@pytest.mark.parametrize("taps", [3, 7, 11])
def test_each_algorithm_saves_the_documented_multiplications(taps: int) -> None:
    algorithm = for_taps(taps)
    assert f"= {algorithm.outputs * taps / algorithm.points:.2f} times fewer" in TEXT
    assert taps == 3 or f"{of_transforms(taps)} operations" in TEXT


def test_a_window_takes_more_multiplications_per_frame_than_an_utterance() -> None:
    assert of_vocoder(22).ours / 22 > of_vocoder(320).ours / 320 > MINUTE.ours / 2400


def test_every_instruction_set_is_documented() -> None:
    assert [kind.name for kind in INSTRUCTION_SETS if f"`{kind.name}`" not in TEXT] == []


def test_a_profile_counts_matrix_products_convolutions_and_recurrent_layers() -> None:
    def event(name: str, inputs: list[list[int]], output: list[int]) -> dict[str, object]:
        shapes = [{"float": shape} for shape in inputs]
        facts = {"op_name": name, "input_type_shape": shapes}
        return {"cat": "Node", "args": {**facts, "output_type_shape": [{"float": output}]}}

    assert of_profile([event("MatMul", [[1, 5, 7], [7, 3]], [1, 5, 3])]) == 5 * 7 * 3
    convolution = event("Conv", [[1, 8, 1, 20], [4, 8, 1, 3]], [1, 4, 1, 20])
    assert of_profile([convolution]) == 4 * 20 * 8 * 3
    lstm = event("LSTM", [[6, 1, 10], [2, 80, 10], [2, 80, 20]], [6, 2, 1, 20])
    assert of_profile([lstm]) == 6 * 2 * 4 * 20 * (10 + 20)
    others = [event("Add", [[5], [5]], [5]), {"cat": "Session", "args": {}}]
    assert of_profile([*others, {"cat": "Node", "args": {"op_name": "MatMul"}}]) == 0
