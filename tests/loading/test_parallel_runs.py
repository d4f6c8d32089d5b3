"""As many runs of inference go on at once as the processor or the device bears."""

import pytest

from app.loading.parallel_runs import parallel_runs
from app.settings import Settings


def test_by_default_as_many_runs_go_on_at_once_as_there_are_cores_but_no_more_than_help(
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
def test_where_runs_do_not_share_the_processor_well_there_is_one_at_once_by_default(
    settings: Settings,
) -> None:
    assert parallel_runs(settings) == 1
