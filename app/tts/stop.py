"""Ends speech that nobody wants any more, from outside and in the middle of a run."""

from app.tts.errors import Stopped


class StopSignal:
    """Tells one synthesis to end; any thread may set it."""

    def __init__(self) -> None:
        # Here, because this module is imported before gunicorn forks, and ONNX Runtime starts
        # threads when it is: those would be missing in the workers, which then end with SIGABRT.
        import numpy as np
        import onnxruntime

        self.flag = np.zeros(1, np.int64)
        """The flag that our own kernels look at between their parts: not zero once it is set."""

        self.run_options = onnxruntime.RunOptions()
        """What ONNX Runtime looks at between the operators of a run, and at its end."""

        # Sentences differ in length: without this, runs side by side leave behind an arena of half
        # a gigabyte that only grows. It costs no time that could be measured.
        self.run_options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")

    @property
    def is_set(self) -> bool:
        """Whether the synthesis is to end."""
        return bool(self.run_options.terminate)

    def set(self) -> None:
        """Let the synthesis end soon: within an operator, or a part of one of our own steps."""
        # In this order: what our kernels leave undone must never look finished.
        self.run_options.terminate = True
        self.flag[0] = 1

    def check(self) -> None:
        """Raise `Stopped` if the synthesis is to end."""
        if self.is_set:
            raise Stopped
