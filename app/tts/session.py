"""The model in ONNX Runtime: options, acceleration, and one run from tokens to samples."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime

from app.tts.errors import AssetError, InferenceError, InputError
from app.tts.types import Samples

# In the order in which `auto` prefers them.
PROVIDERS: Mapping[str, tuple[str, str]] = {
    "cuda": ("CUDAExecutionProvider", "onnxruntime-gpu"),
    "directml": ("DmlExecutionProvider", "onnxruntime-directml"),
    "coreml": ("CoreMLExecutionProvider", "onnxruntime (on macOS)"),
    "cpu": ("CPUExecutionProvider", "onnxruntime"),
}

_TOKEN_INPUTS = ("tokens", "input_ids")
_DTYPES = {
    "tensor(int64)": np.int64,
    "tensor(int32)": np.int32,
    "tensor(float16)": np.float16,
    "tensor(float)": np.float32,
    "tensor(double)": np.float64,
}


class KokoroSession:
    """One copy of the model's weights; threads may run it side by side."""

    def __init__(
        self, model: Path | bytes, *, acceleration: str = "auto", parallel_runs: int = 1
    ) -> None:
        """Load `model`, a path or the content of an ONNX file, for `parallel_runs` at once.

        Raises `AssetError` when the file is no ONNX, is not Kokoro, or `acceleration` is not to
        be had.
        """
        self._session = _open(model, acceleration, parallel_runs)
        self._dtypes = self._input_dtypes()
        self._output = self._session.get_outputs()[0].name

    @property
    def provider(self) -> str:
        """ONNX Runtime's name of what the model runs on."""
        return str(self._session.get_providers()[0])

    def run(self, tokens: list[int], style: npt.NDArray[np.float32], speed: float) -> Samples:
        """Speak `tokens`, at most 510 ids, in the given style, float32 (1, 256).

        Returns float32 samples of shape (n,). Raises `InferenceError` when the run fails or its
        output is not finite, and `InputError` for a fractional speed on an export that takes
        whole ones.
        """
        token_name, style_name, speed_name = self._dtypes
        if np.issubdtype(self._dtypes[speed_name], np.integer) and speed != int(speed):
            raise InputError("This model file speaks at whole speeds only.", field="speed")
        feeds = {
            token_name: np.array([[0, *tokens, 0]], self._dtypes[token_name]),
            style_name: style.astype(self._dtypes[style_name], copy=False),
            speed_name: np.array([speed], self._dtypes[speed_name]),
        }
        try:
            (output,) = self._session.run([self._output], feeds)
        except Exception as error:
            # ONNX Runtime's exceptions share no base but Exception.
            raise InferenceError("The model could not be run.") from error
        samples = np.asarray(output, np.float32).reshape(-1)
        if not samples.size or not np.isfinite(samples).all():
            raise InferenceError("The model made no sound, or sound that is not finite.")
        return samples

    def _input_dtypes(self) -> dict[str, Any]:
        types = {node.name: node.type for node in self._session.get_inputs()}
        tokens = next((name for name in _TOKEN_INPUTS if name in types), None)
        if tokens is None or types.keys() != {tokens, "style", "speed"}:
            raise AssetError(
                "The model file is ONNX but not Kokoro: its inputs are "
                f"{', '.join(types) or 'none'}, not tokens, style and speed."
            )
        return {name: _DTYPES.get(types[name], np.float32) for name in (tokens, "style", "speed")}


def _open(model: Path | bytes, acceleration: str, parallel_runs: int) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = max(1, _usable_cores() // parallel_runs)
    options.inter_op_num_threads = 1
    # Sentences differ in length: each new shape would add to the memory that patterns hold.
    options.enable_mem_pattern = False
    # Spinning threads take the cores from whoever else has work.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    provider = _provider(acceleration)
    try:
        session = onnxruntime.InferenceSession(
            model if isinstance(model, bytes) else str(model),
            options,
            providers=list(dict.fromkeys([provider, "CPUExecutionProvider"])),
        )
    except Exception as error:
        # ONNX Runtime's exceptions share no base but Exception.
        origin = "The model" if isinstance(model, bytes) else f"The model file {model}"
        raise AssetError(f"{origin} is no ONNX file that can be loaded.") from error
    if acceleration != "auto" and provider not in session.get_providers():
        raise AssetError(
            f"The acceleration {acceleration!r} could not be started: "
            "are its driver and libraries installed?"
        )
    return session


def _provider(acceleration: str) -> str:
    present = onnxruntime.get_available_providers()
    if acceleration == "auto":
        return next(name for name, _ in PROVIDERS.values() if name in present)
    provider, package = PROVIDERS[acceleration]
    if provider not in present:
        raise AssetError(
            f"The acceleration {acceleration!r} is not in this onnxruntime: it comes with the "
            f"package {package}, installed in place of onnxruntime."
        )
    return provider


def _usable_cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        return os.cpu_count() or 1
