"""One listener on an idle machine: the latency and speed of each contender."""

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from statistics import median

from bench.report import Table
from bench.speed.client import Heard, listen
from bench.speed.peers import LIBRARY, BareModel, Library, model_file
from bench.speed.plan import Measured, Plan, interleaved, note
from bench.speed.servers import NO_CACHE, ONNX_VOCODER, OURS, running
from bench.speed.texts import LONG_FIRST_SENTENCE, PARAGRAPH, PHRASE, SENTENCE

BARE = "ONNX Runtime alone, the shipped int8 file"

Contender = Callable[[str], Heard]


def measure(plan: Plan) -> Measured:
    """Let each contender in turn speak each text."""
    texts = {
        "phrase": PHRASE,
        "sentence": SENTENCE,
        "long first sentence": LONG_FIRST_SENTENCE,
        "paragraph": PARAGRAPH,
    }
    if plan.is_quick:
        del texts["paragraph"]
    measured = []
    with ExitStack() as stack:
        contenders = _contenders(plan, stack)
        for speak in contenders.values():
            speak(PHRASE)  # warms up
        for text_name, text in texts.items():
            # Short texts take little time, so any disturbance is a large part of it.
            rounds = plan.rounds * (1 if plan.is_quick or text is PARAGRAPH else 2)
            heard: dict[str, list[Heard]] = {name: [] for name in contenders}
            for name in interleaved(contenders, rounds):
                heard[name].append(contenders[name](text))
                note(f"{text_name}, {name}: {heard[name][-1].figures()}")
            measured += [
                {
                    "text": text_name,
                    "characters": len(text),
                    "contender": name,
                    "heard": [each.figures() for each in heards],
                }
                for name, heards in heard.items()
            ]
    return measured


def _contenders(plan: Plan, stack: ExitStack) -> dict[str, Contender]:
    server = stack.enter_context(running(OURS, **NO_CACHE))
    other = stack.enter_context(running(OURS, KOKORO_VOCODER="onnxruntime", **NO_CACHE))
    model = stack.enter_context(model_file())
    library = Library(model)
    contenders: dict[str, Contender] = {}
    for name, url in {OURS: server.url, ONNX_VOCODER: other.url, **plan.peers}.items():
        contenders[f"{name}, streamed"] = partial(listen, url, is_streamed=True)
        contenders[f"{name}, whole"] = partial(listen, url, is_streamed=False)
    contenders[f"{LIBRARY}, create_stream"] = library.create_stream
    contenders[f"{LIBRARY}, create"] = library.create
    contenders[BARE] = BareModel(model).run
    return contenders


def tables(measured: Measured) -> list[Table]:
    """Return medians, with a row for each contender and a column for each text."""
    lengths = {each["text"]: each["characters"] for each in measured}
    contenders = list(dict.fromkeys(each["contender"] for each in measured))
    header = ["", *(f"{text} ({length} characters)" for text, length in lengths.items())]

    def table(title: str, figure: Callable[[dict[str, float]], float]) -> Table:
        cells = {
            (each["contender"], each["text"]): f"{median(map(figure, each['heard'])):.2f}"
            for each in measured
        }
        rows = [[name, *(cells[name, text] for text in lengths)] for name in contenders]
        return Table(title, header, rows)

    first = table("One listener: seconds to the first sound", lambda heard: heard["first"])
    listened_to = [row for row in first.rows if row[0] != BARE]
    return [
        Table(first.title, first.header, listened_to),
        table(
            "One listener: real-time factor, seconds of computing for each second of audio",
            lambda heard: heard["total"] / heard["audio"],
        ),
        table("One listener: seconds of audio", lambda heard: heard["audio"]),
    ]
