"""Text to speech: the parts of `app.tts`, composed."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import numpy as np

from app.tts.audio.shortening import Shortener
from app.tts.audio.tempo import MODEL_LIMIT, length_at
from app.tts.audio.trimming import joined, silence, silences, trimmed
from app.tts.cache import SentenceCache
from app.tts.counts import EngineCounts
from app.tts.errors import InputError, ReadingError, SpeechError
from app.tts.languages import Language, find_language
from app.tts.model.assets import ModelFile
from app.tts.model.prepared import PreparedGraph
from app.tts.model.session import KokoroSession, SessionOptions
from app.tts.model.speech_model import SpeechModel, StreamPacing, WholeModel
from app.tts.model.split_model import SplitModel
from app.tts.model.vocabulary import DroppedSymbols, Vocabulary
from app.tts.phonemes import Phonemizer
from app.tts.phonemes.spans import phonemize_spans
from app.tts.phonemes.words import Bounds, phonemize_words
from app.tts.stop import StopSignal
from app.tts.text.front_end import FrontEnd, Piece, Span, Words
from app.tts.text.lexicon import Lexicon
from app.tts.types import AudioChunk, AudioSegment, Listener, Lock, SynthesisOptions
from app.tts.utterance_options import UtteranceOptions
from app.tts.vocoder.native_vocoder import NativeVocoder
from app.tts.vocoder.thread_pool import StartThread, start_thread
from app.tts.vocoder.vocoder_files import VocoderFiles
from app.tts.voices import VoiceCatalogue
from app.tts.voices.pack import VoicePack
from app.tts.voices.voice import Voice
from app.tts.word_times import WordClock, WrittenTimes

FINAL_PAUSE = 0.2
"""Silence at the end of the utterance in seconds, up to the model's greatest speed: players cut off
the last few milliseconds."""


@dataclass(frozen=True)
class KokoroEngine:
    """Speaks text with Kokoro-82M; threads may share it."""

    front_end: FrontEnd
    phonemizer: Phonemizer
    vocabulary: Vocabulary
    catalogue: VoiceCatalogue
    voices: VoicePack
    model: SpeechModel
    cache: SentenceCache
    description: str
    """What the model is and where it came from, for people."""

    counts: EngineCounts = field(default_factory=EngineCounts)

    def __str__(self) -> str:
        return f"{self.description}, on {self.model.provider}"

    @classmethod
    def load(
        cls,
        model: ModelFile,
        prepared: PreparedGraph | None = None,
        vocoder_files: VocoderFiles | None = None,
        *,
        catalogue: VoiceCatalogue | None = None,
        acceleration: str = "auto",
        threads: int | None = None,
        cache_bytes: int = 0,
        lexicon: Lexicon | None = None,
        reads_markdown: bool = True,
        new_lock: Callable[[], Lock] = threading.Lock,
        start_thread: StartThread = start_thread,
        counts: EngineCounts | None = None,
    ) -> "KokoroEngine":
        """Load `model`, or what was prepared from it and for this processor, and the voices.

        Without a `catalogue`, the voices are those of the pack. `threads` is how many inference
        takes, by default one a core. Languages load when first spoken.
        What happens is counted in `counts`; `new_lock` and `start_thread` make native ones.
        Raises `AssetError` when something is damaged or not what it should be.
        """
        vocabulary = Vocabulary.load()
        catalogue = catalogue or VoiceCatalogue()
        options = SessionOptions(acceleration, threads)
        speech_model: SpeechModel
        if prepared is None:
            speech_model = WholeModel(KokoroSession(model.onnx, options))
        else:
            vocoder = (
                None
                if vocoder_files is None
                else NativeVocoder(vocoder_files.load(), options.cores, new_lock, start_thread)
            )
            speech_model = SplitModel.load(prepared, options, vocoder, new_lock)
        phonemizer = Phonemizer(new_lock)
        front_end = FrontEnd(
            vocabulary.symbols, lexicon or Lexicon(), reads_markdown, phonemizer.is_installed
        )
        return cls(
            front_end,
            phonemizer,
            vocabulary,
            catalogue,
            VoicePack.load(others=catalogue.custom_styles),
            speech_model,
            SentenceCache(cache_bytes, new_lock),
            f"the {'model' if prepared is None else 'prepared model'} ({model.origin})",
            counts or EngineCounts(new_lock),
        )

    def synthesize(
        self,
        text: str,
        options: SynthesisOptions,
        listener: Listener | None = None,
        stop: StopSignal | None = None,
    ) -> Iterator[AudioChunk]:
        """Speak `text`; each chunk is computed when it is asked for.

        A chunk is a sentence; with a `listener`, a shorter stretch where a sentence would come too
        late. Raises `InputError` when the voice, its language or the text cannot be spoken,
        `ReadingError` when reading the text fails otherwise, `InferenceError` when the model fails,
        and `Stopped` when `stop` ended it; nothing is ever left out.
        """
        voice = self.catalogue.find(options.voice)
        language = self._language(voice, options)
        if options.timestamps:
            self._require_durations()
        dropped = DroppedSymbols(language)
        pace = None if listener is None else StreamPacing(listener)
        manner = UtteranceOptions(voice, options.speed, dropped, pace, options.timestamps, stop)
        written = WrittenTimes()
        try:
            for piece, is_last in _with_last(self._pieces(text, language, options)):
                seconds = _final_pause(options.speed) if is_last else piece.pause / options.speed
                seconds += piece.silence
                pause, *more = silences(seconds) if listener else [silence(seconds)]
                written.begin(piece.sources)
                if stop is not None:
                    stop.check()
                for stretch in self._speak(piece.spans, manner):
                    after = pause if stretch.is_last else silence(0)
                    words = written.feed(stretch.times or (), len(stretch.samples) + len(after))
                    ends = stretch.is_last and is_last and not more
                    # Not in a variable, which would keep it while a listener does not read.
                    yield AudioChunk(np.concatenate([stretch.samples, after]), ends, words)
                for number, part in enumerate(more, 1):
                    written.feed((), len(part))
                    yield AudioChunk(part, is_last and number == len(more))
        finally:
            dropped.log()
            self.counts.phonemes_dropped(dropped.number)

    def warm_up(self) -> None:
        """Speak a word to nobody, not from the cache."""
        voice = self.catalogue.find("af_heart")
        spans = (Words("Hello.", voice.language),)
        for _ in self._compute(spans, UtteranceOptions(voice, 1.0, DroppedSymbols(voice.language))):
            pass

    def _pieces(self, text: str, language: Language, options: SynthesisOptions) -> Iterator[Piece]:
        with _reading():
            yield from self.front_end.read(text, language, with_sources=options.timestamps)

    def _language(self, voice: Voice, options: SynthesisOptions) -> Language:
        language = find_language(options.language) if options.language else voice.language
        self.phonemizer.require(language, field="language" if options.language else "voice")
        return language

    def _require_durations(self) -> None:
        if not self.model.tells_durations:
            raise InputError(
                "words cannot be timed here, because the model runs as it is shipped: set "
                "KOKORO_PRECISION to fp32, or leave timestamps out.",
                field="timestamps",
            )

    def _speak(self, spans: tuple[Span, ...], manner: UtteranceOptions) -> Iterator[AudioSegment]:
        """Speak a piece, trimmed, from the cache where that has it."""
        if not spans:
            yield AudioSegment(silence(0), is_last=True)
            return
        kept = self._kept(spans, manner)
        self.counts.cache_asked(found=kept is not None)
        if kept is not None:
            yield kept
            return
        made = []
        for stretch in self._compute(spans, manner):
            made.append(stretch)
            if stretch.is_last:  # before it is handed out: nobody asks for more after that
                self.cache.put(manner.key(spans), joined(made))
            yield stretch

    def _kept(self, spans: tuple[Span, ...], manner: UtteranceOptions) -> AudioSegment | None:
        """Return a piece from the cache; one made for a stream is good enough for another."""
        kept = self.cache.get(replace(manner, pace=None).key(spans))
        if kept is None and manner.pace is not None:
            kept = self.cache.get(manner.key(spans))
        return kept if kept is None or kept.times is not None or not manner.timed else None

    def _compute(self, spans: tuple[Span, ...], manner: UtteranceOptions) -> Iterator[AudioSegment]:
        phonemes, words = self._read(spans, manner.timed)
        tokens = self.vocabulary.encode(phonemes)
        manner.dropped.count(len(phonemes), len(phonemes) - len(tokens))
        if not tokens:  # letters that nobody reads, such as those of undeciphered scripts
            manner.dropped.count(1, 1)
            yield AudioSegment(silence(0), is_last=True, times=(None,) * len(words))
        runs = list(self.vocabulary.runs(tokens))
        clock = WordClock(self.vocabulary.bounds(phonemes, words))
        shortener = Shortener()
        for number, run in enumerate(runs, 1):
            style = self.voices.style(manner.voice, len(run))
            stretches = trimmed(
                self.model.speak(run, style, manner.speed, manner.voice, manner.pace, manner.stop)
            )
            if manner.timed:
                stretches = clock.timed(stretches, len(run))
            for stretch in shortener.shortened(stretches):
                yield replace(stretch, is_last=stretch.is_last and number == len(runs))

    def _read(self, spans: tuple[Span, ...], timed: bool) -> tuple[str, list[Bounds]]:
        """Return the phonemes of a piece, and where its words are among them if they are timed."""
        read = (spans, self.phonemizer, self.vocabulary.symbols)
        with _reading():
            return phonemize_words(*read) if timed else (phonemize_spans(*read), [])


@contextmanager
def _reading() -> Iterator[None]:
    """Tell what goes wrong while a text is read from what the model does wrong."""
    try:
        yield
    except SpeechError:
        raise
    except Exception as error:
        raise ReadingError from error


def _final_pause(speed: float) -> float:
    return FINAL_PAUSE if speed <= MODEL_LIMIT else length_at(speed, FINAL_PAUSE, FINAL_PAUSE)


def _with_last(pieces: Iterable[Piece]) -> Iterator[tuple[Piece, bool]]:
    """Say of each piece whether it is the last; there is one at least."""
    waiting = None
    for piece in pieces:
        if waiting is not None:
            yield waiting, False
        waiting = piece
    yield waiting or Piece((), 0.0), True
