"""Sessions of ONNX Runtime: options, acceleration and runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime

from app.tts.cores import usable_cores
from app.tts.errors import AssetError, InferenceError, InputError
from app.tts.stop import StopSignal
from app.tts.types import Samples

Array = npt.NDArray[Any]

# In the order of preference for `auto`.
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


MOST_THREADS = 16
"""Most threads: a model this small gains nothing from more, and each of its sessions would hold
them. If a sandbox limits threads, ONNX Runtime waits forever for those that it cannot start."""


@dataclass(frozen=True)
class SessionOptions:
    """Options of sessions."""

    acceleration: str = "auto"
    """A key of `PROVIDERS`, or `auto` for the first one available."""

    threads: int | None = None
    """Threads of all runs together; None for one per usable core, up to `MOST_THREADS`."""

    @property
    def cores(self) -> int:
        """Number of threads that all runs together keep busy."""
        return self.threads or min(usable_cores(), MOST_THREADS)

    @property
    def runs_on_processor(self) -> bool:
        """Whether sessions run on the processor and not on another device.

        Raises `AssetError` when the acceleration is not available.
        """
        return _provider(self.acceleration) == PROVIDERS["cpu"][0]


class Session:
    """One ONNX graph with one copy of its weights; threads may run it in parallel."""

    def __init__(self, model: Path | bytes, options: SessionOptions = SessionOptions()) -> None:
        """Load `model`, a path or the content of an ONNX file.

        Raises `AssetError` when the file is not ONNX or the acceleration is not available.
        """
        self._session = _open(model, options)

    @property
    def provider(self) -> str:
        """ONNX Runtime's name of what the model runs on."""
        return str(self._session.get_providers()[0])

    @property
    def input_types(self) -> dict[str, str]:
        """ONNX Runtime's types of the inputs by name, such as `tensor(float)`."""
        return {node.name: node.type for node in self._session.get_inputs()}

    @property
    def metadata(self) -> dict[str, str]:
        """Metadata stored in the file."""
        return dict(self._session.get_modelmeta().custom_metadata_map)

    def run(
        self,
        outputs: Sequence[str],
        feeds: Mapping[str, Array],
        stop: StopSignal | None = None,
    ) -> list[Array]:
        """Return the named outputs for `feeds`.

        Raises `InferenceError` when the run fails, and `Stopped` when `stop` ended it.
        """
        stop = stop or StopSignal()
        try:
            return list(self._session.run(list(outputs) or None, dict(feeds), stop.run_options))
        except Exception as error:
            # ONNX Runtime's exceptions share no base but Exception.
            stop.check()
            raise InferenceError("The model could not be run.") from error


def finite_samples(output: Array) -> Samples:
    """Return a model's audio as float32 (n,).

    Raises `InferenceError` if it is empty or not finite.
    """
    samples = np.asarray(output, np.float32).reshape(-1)
    if not samples.size or not np.isfinite(samples).all():
        raise InferenceError("The model's output is empty or not finite.")
    return samples


class KokoroSession:
    """The model as it was exported, tokens to samples in one run."""

    def __init__(self, model: Path | bytes, options: SessionOptions = SessionOptions()) -> None:
        """Load `model`, a path or the content of an ONNX file.

        Raises `AssetError` when the file is not ONNX, is not Kokoro, or the acceleration is not
        available.
        """
        self._session = Session(model, options)
        self._dtypes = self._input_dtypes()

    @property
    def provider(self) -> str:
        """ONNX Runtime's name of what the model runs on."""
        return self._session.provider

    def speak(
        self,
        tokens: list[int],
        style: npt.NDArray[np.float32],
        speed: float,
        stop: StopSignal | None = None,
    ) -> Samples:
        """Speak `tokens`, at most 510 ids, in the given style, float32 (1, 256).

        Returns float32 samples of shape (n,). Raises `InferenceError` when the run fails or its
        output is not finite, `Stopped` when `stop` ended it, and `InputError` for a
        fractional speed on an export that takes whole ones.
        """
        token_name, style_name, speed_name = self._dtypes
        if np.issubdtype(self._dtypes[speed_name], np.integer) and speed != int(speed):
            raise InputError("This model file speaks at whole speeds only.", field="speed")
        feeds = {
            token_name: np.array([[0, *tokens, 0]], self._dtypes[token_name]),
            style_name: style.astype(self._dtypes[style_name], copy=False),
            speed_name: np.array([speed], self._dtypes[speed_name]),
        }
        return finite_samples(self._session.run([], feeds, stop)[0])

    def _input_dtypes(self) -> dict[str, Any]:
        types = self._session.input_types
        tokens = next((name for name in _TOKEN_INPUTS if name in types), None)
        if tokens is None or types.keys() != {tokens, "style", "speed"}:
            raise AssetError(
                "The model file is ONNX but not Kokoro: its inputs are "
                f"{', '.join(types) or 'none'}, not tokens, style and speed."
            )
        return {name: _DTYPES.get(types[name], np.float32) for name in (tokens, "style", "speed")}


def _open(model: Path | bytes, options: SessionOptions) -> Any:
    native = onnxruntime.SessionOptions()
    # The same number for each of several parallel runs: threads wait without spinning.
    native.intra_op_num_threads = options.cores
    native.inter_op_num_threads = 1
    # Sentences differ in length, and each new shape would add to the memory held for patterns.
    native.enable_mem_pattern = False
    # Spinning threads would take cores away from other work.
    native.add_session_config_entry("session.intra_op.allow_spinning", "0")
    native.log_severity_level = 3
    provider = _provider(options.acceleration)
    try:
        session = onnxruntime.InferenceSession(
            model if isinstance(model, bytes) else str(model),
            native,
            providers=list(dict.fromkeys([provider, "CPUExecutionProvider"])),
        )
    except Exception as error:
        # ONNX Runtime's exceptions share no base but Exception.
        origin = "The model" if isinstance(model, bytes) else f"The model file {model}"
        raise AssetError(f"{origin} is not an ONNX file that can be loaded.") from error
    if options.acceleration != "auto" and provider not in session.get_providers():
        raise AssetError(
            f"The acceleration {options.acceleration!r} could not be started: "
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
