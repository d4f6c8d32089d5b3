"""Every language has a line, and the most recently used previews are cached."""

from app.tts.languages import LANGUAGES
from app.web.preview_cache import LINES, PreviewCache


def test_every_language_has_a_line() -> None:
    assert LINES.keys() == {language.tag for language in LANGUAGES.values()}


def test_previews_are_cached_by_voice_and_format() -> None:
    previews = PreviewCache()
    previews.put("af_sky", "wav", b"RIFF")
    previews.put("af_sky", "pcm", b"....")
    assert previews.get("af_sky", "wav") == b"RIFF"
    assert previews.get("af_sky", "pcm") == b"...."
    assert previews.get("af_bella", "wav") is None


def test_the_least_recently_used_previews_are_evicted() -> None:
    previews = PreviewCache(max_bytes=10)
    for voice in ("a", "b"):
        previews.put(voice, "wav", bytes(4))
    previews.put("a", "wav", bytes(5))
    previews.put("b", "wav", bytes(5))
    assert previews.get("a", "wav") is not None
    previews.put("c", "wav", bytes(5))
    assert [previews.get(voice, "wav") is not None for voice in "abc"] == [True, False, True]
    previews.put("huge", "wav", bytes(11))
    assert previews.get("huge", "wav") is None
