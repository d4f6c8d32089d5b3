"""The number of inference runs at once fits the processor or the device."""

import pytest

from app.loading.parallel_runs import parallel_runs
from app.settings import Settings


def test_by_default_there_is_a_run_for_each_core_up_to_a_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.loading.parallel_runs.usable_cores", lambda: 3)
    assert (parallel_runs(Settings()), parallel_runs(Settings(workers=1))) == (3, 1)
    assert (parallel_runs(Settings(threads=2)), parallel_runs(Settings(threads=2, workers=5))) == (
        2,
        5,
    )
    monkeypatch.setattr("app.loading.parallel_runs.usable_cores", lambda: 64)
    assert parallel_runs(Settings()) == 8


@pytest.mark.parametrize("settings", [Settings(precision="int8"), Settings(acceleration="cuda")])
def test_int8_and_devices_have_one_run_at_once_by_default(
    settings: Settings,
) -> None:
    assert parallel_runs(settings) == 1
