"""The number of inference runs at once."""

from app.settings import MOST_RUNS, Settings
from app.tts.cores import usable_cores


def parallel_runs(settings: Settings) -> int:
    """Return the most inference runs at once: `workers`, or by default one for each thread.

    With the int8 model and on devices, where runs do not share the processor well, the default is
    one.
    """
    if settings.workers is not None:
        return settings.workers
    if settings.precision == "int8" or settings.acceleration not in ("auto", "cpu"):
        return 1
    return min(settings.threads or usable_cores(), MOST_RUNS)
