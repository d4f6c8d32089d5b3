"""Intelligibility: the engine speaks, Whisper base transcribes, and the errors are counted.

The same sentences are spoken twice, unstreamed, by the same voices and the same model in this
process: once as by the server, and once from the phonemes of kokoro-onnx's own front end, which is
espeak-ng through phonemizer. All steps of `kokoro_onnx.Kokoro.create` up to the model are used: its
phonemes, the ones it drops, and its cuts in long texts. Model, style vectors and trimming are ours
for both, so that only the reading of text differs. kokoro-onnx's examples for Japanese and Chinese
call another library for the phonemes, but only `create` is measured here.

Whisper writes numerals in varying ways. Transcript and reference therefore go through one function
that spells them out (`bench.spelled_out`). A sentence may have several right readings, including
its written form, and the one nearest to the transcript counts. What Whisper corrects on its own
(`$12.50` for "dollar twelve point fifty") counts as right for both front ends.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

import click
from faster_whisper import WhisperModel

from app.loading.engine import load_engine
from app.settings import Settings
from app.tts.engine import KokoroEngine
from bench.ear import ear, transcript
from bench.error_rates import Errors, fewest_errors, units_of
from bench.front_ends import READERS, kokoro_onnx, ours
from bench.reading_sentences import PROSE, Sentence, sentences
from bench.report import RESULTS, Table, document, machine

QUICK_STRIDE = 4
"""A quick run takes every fourth sentence."""

FRONT_ENDS = ("ours", "kokoro-onnx")
KINDS = ("prose", "with numbers", "all")


@dataclass(frozen=True)
class Heard:
    """One sentence by one voice and front end, and its transcript."""

    front_end: str
    voice: str
    sentence: Sentence
    transcript: str
    errors: dict[str, Errors]
    """By the name of their units; the first one is the usual."""

    @property
    def rate(self) -> float:
        """The usual error rate."""
        return next(iter(self.errors.values())).rate


@click.command()
@click.option(
    "--only",
    metavar="TAG[,TAG...]",
    default=",".join(READERS),
    help=f"Listen to these, and keep the others' figures: {', '.join(READERS)}.",
)
@click.option("--quick", is_flag=True, help="Five sentences by one voice; nothing is written.")
@click.option(
    "--worst",
    type=click.IntRange(0),
    default=3,
    show_default=True,
    help="How many of our worst transcripts to show for each language.",
)
def main(only: str, quick: bool, worst: int) -> None:
    """Count what Whisper base mishears in each language, compared with kokoro-onnx's front end."""
    tags = [tag.strip() for tag in only.split(",")]
    if unknown := set(tags) - set(READERS):
        raise click.BadParameter(f"no such language: {', '.join(sorted(unknown))}")
    file = RESULTS / "intelligibility.json"
    kept = not quick and file.exists()
    report: dict[str, Any] = json.loads(file.read_text()) if kept else {}
    engine, listener = load_engine(Settings.load({"KOKORO_CACHE_MB": "0"})), ear()
    for tag in tags:
        heard = listen(engine, listener, tag, quick)
        report[tag] = {
            "date": date.today().isoformat(),
            "machine": machine(),
            "rates": rates(heard),
            "worst": worst_of(heard, worst),
        }
        if not quick:
            RESULTS.mkdir(exist_ok=True)
            file.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n")
            (RESULTS / "intelligibility.md").write_text(text_of(report))
    click.echo(text_of(report))


def listen(engine: KokoroEngine, listener: WhisperModel, tag: str, quick: bool) -> list[Heard]:
    """Speak and transcribe the sentences of a language, with a progress bar."""
    reader, code = READERS[tag], tag[:2]
    front_ends = {"ours": ours(engine), "kokoro-onnx": kokoro_onnx(engine, reader.espeak)}
    units = units_of(code)
    jobs = [
        (name, voice, sentence)
        for sentence in sentences(tag)[:: QUICK_STRIDE if quick else 1]
        for voice in reader.voices[: 1 if quick else None]
        for name in FRONT_ENDS
    ]
    heard = []
    with click.progressbar(jobs, label=f"{tag:5}", file=sys.stderr) as bar:
        for name, voice, sentence in bar:
            text = transcript(listener, front_ends[name](sentence.said, voice), code)
            errors = {
                unit: fewest_errors(sentence.expected, text, code, split)
                for unit, split in units.items()
            }
            heard.append(Heard(name, voice, sentence, text, errors))
    for row in rows_of(tag, rates(heard)):
        click.echo(" | ".join(row), err=True)
    return heard


def rates(heard: Sequence[Heard]) -> list[dict[str, Any]]:
    """Return the error rates for each kind of units."""
    spoken = len(heard) // len(FRONT_ENDS)
    voices = len({one.voice for one in heard})
    found = []
    for unit in heard[0].errors:
        row: dict[str, Any] = {"counted in": unit, "sentences": spoken // voices, "voices": voices}
        for name in FRONT_ENDS:
            row[name] = {kind: _rate(heard, name, kind, unit) for kind in KINDS}
        found.append(row)
    return found


def _rate(heard: Sequence[Heard], front_end: str, kind: str, unit: str) -> float:
    errors = [
        one.errors[unit]
        for one in heard
        if one.front_end == front_end
        and kind in ("all", "with numbers" if one.sentence.has_numbers else "prose")
    ]
    return round(sum(errors, Errors(0, 0)).rate, 4)


def worst_of(heard: Sequence[Heard], count: int) -> list[list[Any]]:
    """Return the voice, text, transcript and error rate of our worst transcripts."""
    mistaken = [one for one in heard if one.front_end == "ours" and one.rate > 0]
    mistaken.sort(key=lambda one: -one.rate)
    return [[h.voice, h.sentence.said, h.transcript, round(h.rate, 4)] for h in mistaken[:count]]


def rows_of(tag: str, found: Sequence[dict[str, Any]]) -> list[list[str]]:
    """Return the lines of the table for one language."""
    return [
        [tag, rate["counted in"], f"{rate['sentences']} × {rate['voices']}"]
        + [f"{rate[name][kind]:.1%}" for name in FRONT_ENDS for kind in KINDS]
        for rate in found
    ]


def text_of(report: dict[str, Any]) -> str:
    """Return the tables of a report in Markdown."""
    header = ["language", "counted in", "sentences × voices"]
    header += [f"{name}: {kind}" for name in FRONT_ENDS for kind in KINDS]
    rows: list[list[str]] = []
    worst: list[list[str]] = []
    for tag in [tag for tag in PROSE if tag in report]:
        rows += rows_of(tag, report[tag]["rates"])
        for voice, said, heard, rate in report[tag]["worst"]:
            worst.append([tag, voice, said, heard.replace("|", "/") or "(nothing)", f"{rate:.0%}"])
    hidden = Table("", ["language", "voice", "said", "heard", "errors"], worst)
    return document(
        "How well text is read",
        "Errors of Whisper base when it listens to each front end on the same model and voices.",
        Table("", header, rows),
        "<details><summary>Our worst of each language</summary>",
        hidden,
        "</details>",
    )


if __name__ == "__main__":
    main()
