"""The number of runs of inference that may go on at once."""

from app.settings import MOST_RUNS, Settings
from app.tts.cores import usable_cores


def parallel_runs(settings: Settings) -> int:
    """Return the most runs of inference at once: `workers`, or else one for each thread.

    Only one, by default, where runs do not share the processor well: with the int8 model as it is
    shipped, and on devices.
    """
    if settings.workers is not None:
        return settings.workers
    if settings.precision == "int8" or settings.acceleration not in ("auto", "cpu"):
        return 1
    return min(settings.threads or usable_cores(), MOST_RUNS)
