"""The audio made each second for eight clients, compared with the engine without a server."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from statistics import median

from bench.report import Table
from bench.speed.client import Heard, all_at_once, listen
from bench.speed.peers import LIBRARY, Engine, Library, model_file
from bench.speed.plan import Measured, Plan, interleaved, note
from bench.speed.servers import NO_CACHE, ONNX_VOCODER, OURS, running
from bench.speed.texts import MIXED

ENGINE = "this project's engine in a script, one text after another"

QUICK_TEXTS = 4


def measure(plan: Plan) -> Measured:
    """Let each contender in turn speak the same texts."""
    texts = MIXED[:QUICK_TEXTS] if plan.is_quick else MIXED
    rates: dict[str, list[float]] = {}
    with ExitStack() as stack:
        contenders = _contenders(plan, stack)
        for speak_all in contenders.values():
            speak_all(MIXED[:1])  # warms up
        for name in interleaved(contenders, plan.rounds):
            started = time.perf_counter()
            audio = sum(heard.audio for heard in contenders[name](texts))
            rates.setdefault(name, []).append(audio / (time.perf_counter() - started))
            note(f"throughput, {name}: {rates[name][-1]:.2f} s of audio a second")
    return [{"contender": name, "clients": len(texts), "rates": rates[name]} for name in rates]


Contender = Callable[[tuple[str, ...]], list[Heard]]


def _contenders(plan: Plan, stack: ExitStack) -> dict[str, Contender]:
    ours = stack.enter_context(running(OURS, **NO_CACHE))
    one = stack.enter_context(running(OURS, KOKORO_WORKERS="1", **NO_CACHE))
    other = stack.enter_context(running(OURS, KOKORO_VOCODER="onnxruntime", **NO_CACHE))
    library = Library(stack.enter_context(model_file()))
    urls = {
        OURS: ours.url,
        f"{OURS}, KOKORO_WORKERS=1": one.url,
        ONNX_VOCODER: other.url,
        **plan.peers,
    }
    return {
        ENGINE: partial(_one_after_another, Engine().speak),
        **{name: partial(_together, url) for name, url in urls.items()},
        f"{LIBRARY}, one text after another": partial(_one_after_another, library.create),
    }


def _one_after_another(speak: Callable[[str], Heard], texts: tuple[str, ...]) -> list[Heard]:
    return [speak(text) for text in texts]


def _together(url: str, texts: tuple[str, ...]) -> list[Heard]:
    return all_at_once([partial(listen, url, text, is_streamed=False) for text in texts])


def tables(measured: Measured) -> list[Table]:
    """Return medians, and the medians of the ratios to the engine in the same round."""
    rates = {each["contender"]: each["rates"] for each in measured}
    rows = [
        [
            name,
            f"{median(values):.2f}",
            f"{median(a / b for a, b in zip(values, rates[ENGINE], strict=True)):.2f}",
        ]
        for name, values in rates.items()
    ]
    title = f"{measured[0]['clients']} clients at once, unstreamed sentences"
    return [Table(title, ["", "seconds of audio a second", "ratio to the engine"], rows)]
