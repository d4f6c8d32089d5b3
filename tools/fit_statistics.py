"""Make app/tts/data/statistics.npz, from which `app.tts.model.norm_statistics` predicts.

    python tools/fit_statistics.py

The prepared model speaks 276 short sentences (tools/statistics_sentences.py), 4 by every voice and
14 by each of six, and the vocoder's statistics of each are measured. A voice's own statistics are
those of everything it spoke. How a sentence's statistics differ from them is fitted, within each
voice, by ridge regression on the principal components of the utterance's traits. Nothing is random,
so there is no seed. It takes 17 minutes on two slow cores and needs the extras ja and zh. At the
end it prints the checksum that goes into `STATISTICS_SHA256`.
"""

import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import click
import numpy as np
import numpy.typing as npt
from statistics_sentences import SENTENCES, SLOPE_VOICES

from app.loading.model_files import get_model, get_prepared
from app.settings import Settings
from app.tts.model.acoustic import AcousticModel
from app.tts.model.norm_statistics import STATISTICS_FILE, traits
from app.tts.model.session import Session
from app.tts.model.vocabulary import Vocabulary
from app.tts.model.vocoder import OnnxVocoder
from app.tts.phonemes import Phonemizer
from app.tts.voices.pack import CATALOGUE, VoicePack

SENTENCES_A_VOICE = 4
COMPONENTS = 32
"""Principal components of the features' moments that the fit uses."""

RIDGE = 0.01
"""Weight of the penalty, for each sentence. It predicted the six voices' sentences best when each
was left out in turn: means to 1.4 % of the deviation and deviations to 2.3 %, on average."""

SOURCE_WEIGHT = 0.3
"""Weight of pitch and voicing, both standardized, beside the first component."""

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Observation:
    """One sentence by one voice."""

    voice: str
    frames: int
    traits: Doubles
    mean: Doubles
    power: Doubles
    """Mean of the squares, (channels,)."""


def main() -> None:
    """Speak the sentences, fit the statistics and write the file."""
    settings = Settings.load()
    prepared = get_prepared(get_model(settings), settings)
    if prepared is None:
        sys.exit("The statistics can only be taken from a prepared model.")
    acoustic = AcousticModel(Session(prepared.acoustic))
    vocoder = OnnxVocoder(Session(prepared.vocoder))
    with click.progressbar(
        list(_tasks()), label="Speaking", item_show_func=lambda task: task and task[0]
    ) as tasks:
        observations = list(_observe(acoustic, vocoder, tasks))
    write(observations, vocoder.norms)


def write(observations: list[Observation], norms: list[str]) -> None:
    """Fit the observations, write the file and print its checksum."""
    by_voice = {
        voice: [seen for seen in observations if seen.voice == voice] for voice in CATALOGUE
    }
    own = {voice: _pooled(seen) for voice, seen in by_voice.items()}
    projection, slopes = _fit([(seen, own[seen.voice]) for seen in observations])
    voices = list(own.values())
    np.savez_compressed(
        STATISTICS_FILE,
        norms=np.array(norms),
        projection=projection.astype(np.float32),
        slopes=slopes.astype(np.float16),
        voices=np.array(list(own)),
        traits=np.array([values.traits @ projection for values in voices], np.float32),
        mean=np.array([values.mean for values in voices], np.float16),
        deviation=np.array([np.sqrt(v.power - v.mean**2) for v in voices], np.float16),
    )
    content = STATISTICS_FILE.read_bytes()
    print(
        f"{STATISTICS_FILE}: {len(content):,} bytes, sha256 {hashlib.sha256(content).hexdigest()}"
    )


def _tasks() -> Iterator[tuple[str, str]]:
    for voice in CATALOGUE.values():
        sentences = SENTENCES[voice.id[0]]
        if voice.id not in SLOPE_VOICES:
            sentences = sentences[:SENTENCES_A_VOICE]
        for sentence in sentences:
            yield voice.id, sentence


def _observe(
    acoustic: AcousticModel, vocoder: OnnxVocoder, tasks: Iterator[tuple[str, str]]
) -> Iterator[Observation]:
    vocabulary = Vocabulary.load()
    phonemizer, pack = Phonemizer(), VoicePack.load()
    for voice_id, sentence in tasks:
        voice = CATALOGUE[voice_id]
        tokens = vocabulary.encode(phonemizer.phonemize(sentence, voice.language))
        output = acoustic.run(tokens, pack.style(voice, len(tokens)), 1.0)
        _, statistics = vocoder.decode(output)
        mean = statistics.mean.astype(np.float64)
        yield Observation(
            voice_id,
            output.frames,
            traits(output).astype(np.float64),
            mean,
            statistics.variance + mean**2,
        )


def _pooled(observations: list[Observation]) -> Observation:
    """Return the means over all frames of all sentences."""
    frames = np.array([seen.frames for seen in observations], np.float64)
    weights = frames / frames.sum()

    def mean(values: list[Doubles]) -> Doubles:
        total: Doubles = weights @ np.array(values)
        return total

    return Observation(
        observations[0].voice,
        int(frames.sum()),
        mean([seen.traits for seen in observations]),
        mean([seen.mean for seen in observations]),
        mean([seen.power for seen in observations]),
    )


def _fit(pairs: list[tuple[Observation, Observation]]) -> tuple[Doubles, Doubles]:
    """Fit how observations differ from their voice's own statistics.

    Returns the projection of traits, (1026, 34), and the slopes of mean and power,
    (2, 34, channels).
    """
    weights = np.array([seen.frames for seen, _ in pairs], np.float64)
    weights /= weights.mean()
    changes = np.array([seen.traits - own.traits for seen, own in pairs])
    projection = _projection(changes)
    inputs = changes @ projection
    penalty = RIDGE * len(pairs) * np.eye(inputs.shape[1])
    solver = np.linalg.solve(inputs.T @ (weights[:, np.newaxis] * inputs) + penalty, inputs.T)
    outputs = (
        np.array([getattr(seen, name) - getattr(own, name) for seen, own in pairs])
        for name in ("mean", "power")
    )
    return projection, np.array([(solver * weights) @ output for output in outputs])


def _projection(changes: Doubles) -> Doubles:
    """Return a projection of the features' moments to principal components; keep pitch, voicing."""
    moments = changes.shape[1] - 2
    deviations = changes.std(axis=0)
    _, singular, axes = np.linalg.svd(changes[:, :moments] / deviations[:moments])
    components = axes[:COMPONENTS].T / (singular[0] / np.sqrt(len(changes)))
    projection = np.zeros((changes.shape[1], COMPONENTS + 2))
    projection[:moments, :COMPONENTS] = components / deviations[:moments, np.newaxis]
    projection[moments:, COMPONENTS:] = np.diag(SOURCE_WEIGHT / deviations[moments:])
    return projection


if __name__ == "__main__":
    main()
