"""Mandarin Chinese through misaki, with jieba's word segmentation and pypinyin's readings."""

import logging

from app.tts.phonemes.engine import GraphemesToPhonemes


def build() -> GraphemesToPhonemes:
    """Return an engine; raises ImportError without the extra `zh`."""
    import jieba
    from misaki import zh

    jieba.setLogLevel(logging.WARNING)
    # Version 1.1 writes bopomofo, which is outside this model's vocabulary.
    engine = zh.ZHG2P(version=None)
    return lambda text: str(engine(text)[0])
