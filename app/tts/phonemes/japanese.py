"""Japanese through misaki's Cutlet."""

from app.tts.phonemes.engine import GraphemesToPhonemes


def build() -> GraphemesToPhonemes:
    """Return an engine; raises ImportError without the extra `ja`."""
    # Not misaki.ja, which imports pyopenjtalk whether it is used or not.
    from misaki import cutlet

    engine = cutlet.Cutlet()
    return lambda text: str(engine(text)[0])
