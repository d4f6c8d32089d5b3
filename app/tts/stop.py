"""A signal that ends speech from outside, even in the middle of a run."""

from app.tts.errors import Stopped


class StopSignal:
    """Tells one synthesis to stop; any thread may set it."""

    def __init__(self) -> None:
        # Not at the top: this module is imported before gunicorn forks, and ONNX Runtime starts
        # threads when it is imported. Workers would lack them and end with SIGABRT.
        import numpy as np
        import onnxruntime

        self.flag = np.zeros(1, np.int64)
        """Read by our own kernels between their parts: nonzero once the signal is set."""

        self.run_options = onnxruntime.RunOptions()
        """Read by ONNX Runtime between the operators of a run, and at its end."""

        # Sentences differ in length: without this, parallel runs leave behind an arena of half a
        # gigabyte that only grows. It takes no measurable time.
        self.run_options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")

    @property
    def is_set(self) -> bool:
        """Whether the signal is set."""
        return bool(self.run_options.terminate)

    def set(self) -> None:
        """Stop the synthesis soon: after the present operator, or part of a step of our own."""
        # In this order: a part that our kernels leave undone must never look finished.
        self.run_options.terminate = True
        self.flag[0] = 1

    def check(self) -> None:
        """Raise `Stopped` if the signal is set."""
        if self.is_set:
            raise Stopped
