"""Text to speech: text -> pieces -> phonemes -> tokens -> runs of the model -> segments -> chunks.

The methods of the engine stand in the order of that walk.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import numpy as np

from app.tts.audio.shortening import Shortener
from app.tts.audio.tempo import MODEL_LIMIT, length_at
from app.tts.audio.trimming import join_segments, silence, silences, trimmed
from app.tts.cache import SentenceCache
from app.tts.counts import EngineCounts
from app.tts.errors import InputError, ReadingError, SpeechError
from app.tts.languages import Language, find_language
from app.tts.model.speech_model import ModelRun, SpeechModel, StreamPacing
from app.tts.model.vocabulary import DroppedSymbols, Vocabulary
from app.tts.phonemes import Phonemizer
from app.tts.phonemes.spans import phonemize_spans
from app.tts.phonemes.words import Bounds, phonemize_words
from app.tts.stop import StopSignal
from app.tts.text.front_end import FrontEnd
from app.tts.text.spans import Piece, Span, Words
from app.tts.types import AudioChunk, AudioSegment, Listener, Samples, SynthesisOptions
from app.tts.utterance_options import UtteranceOptions, UtteranceState
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
    """The model and its origin, for people."""

    counts: EngineCounts = field(default_factory=EngineCounts)

    def __str__(self) -> str:
        return f"{self.description}, on {self.model.provider}"

    def warm_up(self) -> None:
        """Speak a word without a listener or the cache."""
        voice = self.catalogue.find("af_heart")
        spans = (Words("Hello.", voice.language),)
        state = UtteranceState(DroppedSymbols(voice.language))
        for _ in self._compute(spans, UtteranceOptions(voice), state):
            pass

    def synthesize(
        self,
        text: str,
        options: SynthesisOptions,
        listener: Listener | None = None,
        stop: StopSignal | None = None,
    ) -> Iterator[AudioChunk]:
        """Speak `text`; each chunk is computed when it is asked for.

        A chunk is a sentence; with a `listener`, a part of one where a whole sentence would come
        too late. Raises `InputError` when the voice, its language or the text cannot be spoken,
        `ReadingError` when reading the text fails otherwise, `InferenceError` when the model fails,
        and `Stopped` when `stop` ended it; nothing is ever left out.
        """
        voice = self.catalogue.find(options.voice)
        language = self._language(voice, options)
        if options.timestamps:
            self._require_durations()
        pacing = None if listener is None else StreamPacing(listener)
        state = UtteranceState(DroppedSymbols(language), pacing, stop)
        pieces = self._pieces(text, language, with_sources=options.timestamps)
        try:
            yield from self._chunks(
                pieces, UtteranceOptions(voice, options.speed, options.timestamps), state
            )
        finally:
            state.dropped.log()
            self.counts.phonemes_dropped(state.dropped.number)

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

    def _pieces(self, text: str, language: Language, *, with_sources: bool) -> Iterator[Piece]:
        with _reading():
            yield from self.front_end.read(text, language, with_sources=with_sources)

    def _chunks(
        self, pieces: Iterable[Piece], options: UtteranceOptions, state: UtteranceState
    ) -> Iterator[AudioChunk]:
        """Speak `pieces`, each with the pause after it and the written words that end in it."""
        written = WrittenTimes()
        for piece, is_last in _with_last(pieces):
            pause, *more = _pauses(piece, options.speed, is_last, in_parts=state.pacing is not None)
            written.begin(piece.sources)
            state.check_stop()
            for segment in self._speak(piece.spans, options, state):
                after = pause if segment.is_last else silence(0)
                words = written.feed(segment.times or (), len(segment.samples) + len(after))
                ends = segment.is_last and is_last and not more
                # Not in a variable, which would keep it while a listener does not read.
                yield AudioChunk(np.concatenate([segment.samples, after]), ends, words)
            for number, part in enumerate(more, 1):
                written.feed((), len(part))
                yield AudioChunk(part, is_last and number == len(more))

    def _speak(
        self, spans: tuple[Span, ...], options: UtteranceOptions, state: UtteranceState
    ) -> Iterator[AudioSegment]:
        """Speak a piece, trimmed, from the cache if it is there."""
        if not spans:
            yield AudioSegment(silence(0), is_last=True)
            return
        in_windows = state.pacing is not None
        kept = self._kept(spans, options, in_windows=in_windows)
        self.counts.cache_asked(found=kept is not None)
        if kept is not None:
            yield kept
            return
        made = []
        for segment in self._compute(spans, options, state):
            made.append(segment)
            if segment.is_last:  # before it is handed out: nobody asks for more after that
                self.cache.put(options.key(spans, in_windows=in_windows), join_segments(made))
            yield segment

    def _kept(
        self, spans: tuple[Span, ...], options: UtteranceOptions, *, in_windows: bool
    ) -> AudioSegment | None:
        """Return a piece from the cache; only a stream may get one that was decoded in windows."""
        kept = self.cache.get(options.key(spans, in_windows=False))
        if kept is None and in_windows:
            kept = self.cache.get(options.key(spans, in_windows=True))
        return kept if kept is None or kept.times is not None or not options.is_timed else None

    def _compute(
        self, spans: tuple[Span, ...], options: UtteranceOptions, state: UtteranceState
    ) -> Iterator[AudioSegment]:
        """Speak a piece with the model, in one run or several."""
        phonemes, words = self._phonemize(spans, is_timed=options.is_timed)
        tokens = self.vocabulary.encode(phonemes)
        state.dropped.count(len(phonemes), len(phonemes) - len(tokens))
        if not tokens:  # letters that no language reads, such as those of undeciphered scripts
            state.dropped.count(1, 1)
            yield AudioSegment(silence(0), is_last=True, times=(None,) * len(words))
        runs = list(self.vocabulary.runs(tokens))
        clock = WordClock(self.vocabulary.bounds(phonemes, words))
        shortener = Shortener()
        for number, run in enumerate(runs, 1):
            segments = trimmed(self.model.speak(self._model_run(run, options, state)))
            if options.is_timed:
                segments = clock.timed(segments, len(run))
            for segment in shortener.shortened(segments):
                yield replace(segment, is_last=segment.is_last and number == len(runs))

    def _phonemize(self, spans: tuple[Span, ...], *, is_timed: bool) -> tuple[str, list[Bounds]]:
        """Return the phonemes of a piece and, if it is timed, the bounds of its words in them."""
        given = (spans, self.phonemizer, self.vocabulary.symbols)
        with _reading():
            return phonemize_words(*given) if is_timed else (phonemize_spans(*given), [])

    def _model_run(
        self, tokens: list[int], options: UtteranceOptions, state: UtteranceState
    ) -> ModelRun:
        style = self.voices.style(options.voice, len(tokens))
        return ModelRun(tokens, style, options.speed, options.voice, state.pacing, state.stop)


@contextmanager
def _reading() -> Iterator[None]:
    """Raise `ReadingError` for whatever goes wrong unforeseen while a text is read."""
    try:
        yield
    except SpeechError:
        raise
    except Exception as error:
        raise ReadingError from error


def _pauses(piece: Piece, speed: float, is_last: bool, *, in_parts: bool) -> Iterator[Samples]:
    """Return the silence after a piece: one part, or several that are short enough to stream."""
    seconds = _final_pause(speed) if is_last else piece.pause / speed
    seconds += piece.silence
    return silences(seconds) if in_parts else iter([silence(seconds)])


def _final_pause(speed: float) -> float:
    return FINAL_PAUSE if speed <= MODEL_LIMIT else length_at(speed, FINAL_PAUSE, FINAL_PAUSE)


def _with_last(pieces: Iterable[Piece]) -> Iterator[tuple[Piece, bool]]:
    """Return each piece with whether it is the last; there is at least one."""
    waiting = None
    for piece in pieces:
        if waiting is not None:
            yield waiting, False
        waiting = piece
    yield waiting or Piece((), 0.0), True
