"""gunicorn with every language, markup and a lexicon, over real HTTP."""

import signal
from pathlib import Path

import pytest

from tests.conftest import TINY_VOICE
from tests.servers import Server, gunicorn_server, seconds, wait_until

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "voice",
    ["bf_emma", "ef_dora", "ff_siwis", "hf_beta", "if_sara", "jf_alpha", "pm_alex", "zf_xiaoni"],
)
def test_every_language_is_spoken(server: Server, voice: str) -> None:
    text = {"hf_beta": "यह एक वाक्य है।", "jf_alpha": "これは文です。", "zf_xiaoni": "这是一个句子。"}
    reply = server.speak(text.get(voice, "Taxi 24, euro."), voice=voice)
    assert reply.status_code == 200
    assert 0.7 < seconds(reply.content) < 4


def test_pronunciations_and_pauses_are_heeded_and_checked(server: Server) -> None:
    plain = server.speak("Hello there.").content
    paused = server.speak("Hello [pause:2s] there.").content
    assert seconds(paused) - seconds(plain) == pytest.approx(2, abs=0.6)
    for text in ("Say [Hello](/ˈ5/).", "Wait [pause:11s] here."):
        refused = server.speak(text, stream=True)
        assert (refused.status_code, refused.json()["error"]["param"]) == (400, "input")


def test_equal_pauses_add_up_and_entities_make_none(server: Server) -> None:
    plain = seconds(server.speak("a b").content)
    for text, silence in [
        ("a [pause:1s][pause:1s][pause:1s] b", 3),
        ("a &#xFF3E8;&#xFF3E8; b &#xF0000;", 0),
    ]:
        reply = server.speak(text)
        assert reply.status_code == 200
        assert seconds(reply.content) - plain == pytest.approx(silence, abs=0.6)


def test_a_bad_line_of_the_lexicon_stops_the_start_and_is_named(tmp_path: Path) -> None:
    lexicon = tmp_path / "lexicon.tsv"
    lexicon.write_text("nginx\ten\tˈɛnʤɪn ˈɛks\nnginx\tklingon\tx\n", "utf-8")
    with gunicorn_server({"KOKORO_LEXICON": str(lexicon)}, tmp_path / "log") as running:
        assert running.process.wait(60) != 0
        assert f"{lexicon}, line 2: there is no language 'klingon'" in running.log


def test_sighup_reads_the_lexicon_again_and_goes_on_without_its_bad_lines(tmp_path: Path) -> None:
    lexicon = tmp_path / "lexicon.tsv"
    lexicon.write_text("wug\ten\tə\n", "utf-8")
    environ = {"KOKORO_LEXICON": str(lexicon), "KOKORO_MODEL_PATH": str(TINY_VOICE)}
    with gunicorn_server(environ, tmp_path / "log") as running:
        running.wait_until_healthy()
        short = seconds(running.speak("wug").content)
        lexicon.write_text("bad line\nwug\ten\təəəəəəəəəəəəəəəə\n", "utf-8")
        running.process.send_signal(signal.SIGHUP)
        wait_until(lambda: "line 1: it needs a word" in running.log)
        running.wait_until_healthy()
        assert seconds(running.speak("wug").content) > short + 0.5


def test_sighup_with_a_lexicon_that_cannot_be_read_does_not_stop_the_server(tmp_path: Path) -> None:
    lexicon = tmp_path / "lexicon.tsv"
    lexicon.write_text("wug\ten\tə\n", "utf-8")
    environ = {"KOKORO_LEXICON": str(lexicon), "KOKORO_MODEL_PATH": str(TINY_VOICE)}
    with gunicorn_server(environ, tmp_path / "log") as running:
        running.wait_until_healthy()
        lexicon.write_bytes(b"\xff\xfe\x00")
        running.process.send_signal(signal.SIGHUP)
        wait_until(lambda: "cannot be read" in running.log)
        running.wait_until_healthy()
        assert running.speak("wug").status_code == 200
