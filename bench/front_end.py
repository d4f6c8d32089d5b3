"""The time from text to phonemes, for ordinary and hostile texts, and the memory of languages."""

import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import click

from app.tts.errors import InputError
from app.tts.languages import LANGUAGES, Language
from app.tts.model.vocabulary import Vocabulary
from app.tts.phonemes import Phonemizer
from app.tts.phonemes.spans import phonemize_spans
from app.tts.text.front_end import FrontEnd
from app.tts.text.lexicon import Lexicon
from bench.report import RESULTS, Table, document
from tests.tts.hostile_texts import hostile_texts

SENTENCES = {
    "a": "The train to {} leaves at 9:45 from platform 3, and the ticket costs $12.50, or more.",
    "b": "The train to {} leaves at 9:45 from platform 3, and the ticket costs £12.50, or more.",
    "e": "El tren a {} sale a las 9:45 del andén 3, y el billete cuesta 12,50 € o algo más hoy.",
    "f": "Le train pour {} part à 9h45 de la voie 3, et le billet coûte 12,50 €, ou plus ce jour.",
    "h": "{} की ट्रेन 9:45 बजे प्लेटफ़ॉर्म 3 से चलती है, और टिकट ₹250 का है या शायद थोड़ा ज़्यादा का।",
    "i": "Il treno per {} parte alle 9:45 dal binario 3, e il biglietto costa 12,50 € o più oggi.",
    "j": "{}行きの電車は9時45分に3番線から出発して、切符は1,250円か、もう少し高いそうです。",
    "p": "O trem para {} sai às 9h45 da plataforma 3, e a passagem custa R$ 12,50 ou mais hoje.",
    "z": "去{}的火车9点45分从3号站台出发，票价是12.50元，或者可能会稍微贵一点点。",
}
"""About 100 characters each (half of that in Chinese and Japanese); the name makes each unique."""

_MEMORY = """
import gc, sys
from app.tts.languages import LANGUAGES
from app.tts.phonemes import Phonemizer
import app.tts.engine

def resident():
    gc.collect()
    lines = open("/proc/self/status").read().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))

phonemizer = Phonemizer()
before = resident()
for letter in sys.argv[1]:
    phonemizer.phonemize("1", LANGUAGES[letter])
    after = resident()
print(after - before)
"""


LONGEST = 4096
"""The longest input that the server accepts by default, in characters."""


class Reader:
    """The front end and the phonemizer, from text to phonemes."""

    def __init__(self) -> None:
        """Build the same parts as the engine."""
        self._symbols = Vocabulary.load().symbols
        self._phonemizer = Phonemizer()
        installed = self._phonemizer.is_installed
        self._front_end = FrontEnd(self._symbols, Lexicon(), True, installed)

    def seconds(self, text: str, language: Language, *, phonemes: bool = True) -> float:
        """Return the time for a text, or with `phonemes=False` for its front end alone."""
        started = time.perf_counter()
        try:
            for piece in self._front_end.read(text, language):
                if phonemes:
                    phonemize_spans(piece.spans, self._phonemizer, self._symbols)
        except InputError:  # for the markup in some hostile texts
            pass
        return time.perf_counter() - started


def sentence_times(reader: Reader) -> Table:
    """Time a sentence in each language, after a warm-up."""
    rows = []
    for letter, language in LANGUAGES.items():
        sentence = SENTENCES[letter]
        # All different, because a piece that was just read is not read again.
        names = [f"Z{first}r{second}k" for first in "aeiou" for second in "aeiouy"]
        if letter in "jz":
            names = [f"{first}{second}" for first in "東西南北中" for second in "山川田海城安"]
        texts = [sentence.format(name) for name in names]
        reader.seconds(sentence.format("Rome"), language)
        front_end = sorted(reader.seconds(text, language, phonemes=False) for text in texts)
        whole = sorted(reader.seconds(text, language) for text in texts)
        middle = len(texts) // 2
        length = len(texts[0])
        rows.append(
            [language.name, length, f"{front_end[middle] * 1e3:.1f}", f"{whole[middle] * 1e3:.1f}"]
        )
    header = ["language", "characters", "front end, ms", "with phonemes, ms"]
    return Table("A sentence with numbers, warm: the median of 30", header, rows)


def hostile_times(reader: Reader) -> Table:
    """Time the worst of the tests' hostile texts, of at most 4,096 characters."""
    rows = []
    texts = hostile_texts(LONGEST)
    work = [(language, text) for language in LANGUAGES.values() for text in texts]
    with click.progressbar(work, label="Hostile texts", file=sys.stderr) as bar:
        times: dict[Language, list[tuple[float, str]]] = {}
        for language, text in bar:
            seconds = reader.seconds(text, language)
            times.setdefault(language, []).append((seconds, text[:6]))
    for language, found in times.items():
        (worst, text), (second, other) = sorted(found, reverse=True)[:2]
        rows.append([language.name, f"{worst:.2f}", repr(text), f"{second:.2f}", repr(other)])
    header = ["language", "worst, s", "which begins with", "next, s", "which begins with"]
    return Table(f"{len(texts)} hostile texts of up to 4,096 characters", header, rows)


def memory() -> Table:
    """Measure the memory that languages add to a process that has loaded everything else."""
    groups = [
        ("American English", "a"),
        ("British English, after American", "ab"),
        ("Spanish, French, Hindi, Italian and Portuguese, after American", "aefhip"),
        ("Japanese, after American", "aj"),
        ("Mandarin Chinese, after American", "az"),
        ("all nine", "abefhijpz"),
    ]
    grown = {letters: _growth(letters) for _, letters in groups}
    rows = [
        [name, f"{grown[letters] - (grown['a'] if 'after' in name else 0):.0f}"]
        for name, letters in groups
    ]
    return Table("Memory that languages add, MB of RSS", ["language", "MB"], rows)


def _growth(letters: str) -> float:
    command = [sys.executable, "-c", _MEMORY, letters]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout)


def main() -> None:
    """Measure everything, print the tables and write them."""
    reader = Reader()
    tables = [sentence_times(reader), hostile_times(reader), memory()]
    text = document("From text to phonemes", *tables)
    (RESULTS / "front_end.md").write_text(text)
    print(text)


if __name__ == "__main__":
    main()
