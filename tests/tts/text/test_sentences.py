"""Texts are split where a speaker would pause, and nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tts.text.markup import Markup
from app.tts.text.sentences import (
    PARAGRAPH_PAUSE,
    SENTENCE_PAUSE,
    Sentence,
    read_sentences,
    split_sentences,
)


def texts(text: str) -> list[str]:
    return [sentence.text for sentence in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("He said “Go.” She went.", ["He said “Go.”", "She went."]),
        ("Dr. Smith paid 3.14 to J. R. Hill, i.e. me.", None),
        ("Is it 3:30 p.m. or v1.2.3?", None),
        ("We met at 3 p.m. She left.", ["We met at 3 p.m.", "She left."]),
        (
            "Pens, ink, etc. are here. Pens, etc. They sell.",
            ["Pens, ink, etc. are here.", "Pens, etc.", "They sell."],
        ),
        ("He lives in St. Louis.", None),
        ("On Baker St. He lives.", ["On Baker St.", "He lives."]),
        (
            "Apple Inc. is big. I like Apple Inc. You do?",
            ["Apple Inc. is big.", "I like Apple Inc.", "You do?"],
        ),
        ("See No. 5, p. 7 and fig. 2.", None),
        ("1. What it is\n12. It is 5. Really.", ["1. What it is", "12. It is 5.", "Really."]),
        ("I said no. She left. See No. 5.", ["I said no.", "She left.", "See No. 5."]),
        ("¿Qué tal? ¡Muy bien!", ["¿Qué tal?", "¡Muy bien!"]),
        ("El Sr. López y la Dra. Ruiz. Sí.", ["El Sr. López y la Dra. Ruiz.", "Sí."]),
        ("M. Dupont et Mme. Roy. Oui.", ["M. Dupont et Mme. Roy.", "Oui."]),
        ("Il Dott. Rossi, ecc. e poi. Ecco.", ["Il Dott. Rossi, ecc. e poi.", "Ecco."]),
        ("नमस्ते. डॉ. शर्मा आए. ठीक है?", ["नमस्ते.", "डॉ. शर्मा आए.", "ठीक है?"]),
        ("Vive en EE. UU. con la Sra. Gil. Sí.", ["Vive en EE. UU. con la Sra. Gil.", "Sí."]),
        ("En 52 av. J.-C. César, c.-à-d. lui.", None),
        ("यह मेरी कार। वह है।मैं ठीक हूँ।", ["यह मेरी कार.", "वह है.", "मैं ठीक हूँ."]),
        ("ए. पी. जे. कलाम आए. हाँ जी. ठीक.", ["ए. पी. जे. कलाम आए.", "हाँ जी.", "ठीक."]),
        ("Well... maybe. Yes… No.", ["Well... maybe.", "Yes…", "No."]),
        ("你好。今天好吗？好！", ["你好。", "今天好吗？", "好！"]),
        ("「はい。」と言った。そう？", ["「はい。」", "と言った。", "そう？"]),
        ("A heading\n\nA paragraph\nA list item", ["A heading", "A paragraph", "A list item"]),
        (
            "A line that is long enough to have been once\nwrapped by an editor.",
            ["A line that is long enough to have been once wrapped by an editor."],
        ),
        ("milk\neggs\nbread", ["milk", "eggs", "bread"]),
        ("200 gr. de harina, 2 cdas. de sal, 5 de set. de 2020, 1 c. à s. de sucre", None),
        ("no capitals. not here! or here?", ["no capitals.", "not here!", "or here?"]),
        (
            'He said "Stop!" and left. Is Yahoo! here?',
            ['He said "Stop!" and left.', "Is Yahoo! here?"],
        ),
        ("Live at 8 p.m. ET on Sunday, or 3 a.m. Monday.", None),
        ("Add 2 tsp. vanilla, 3 lb. beef. Stir.", ["Add 2 tsp. vanilla, 3 lb. beef.", "Stir."]),
        ("In Apt. 4B, Vol. 2, Approx. 20 of Messrs. Smith.", None),
        (
            "I was born in the U.S. My brother in the U.S. Army.",
            ["I was born in the U.S.", "My brother in the U.S. Army."],
        ),
        ("A las 3 p. m. y el 5 de feb. de 2024 en Sta. Cruz.", None),
        ("En 79 d.C. Fin. Pág. 10 y el s. XIX.", ["En 79 d.C.", "Fin.", "Pág. 10 y el s. XIX."]),
        ("Le 3 janv. 2020, tél. 01. P. ex. ici.", ["Le 3 janv. 2020, tél. 01.", "P. ex. ici."]),
        ("Nel sec. XIX, Ad es. qui. On. Rossi.", ["Nel sec. XIX, Ad es. qui.", "On. Rossi."]),
        ("पृ. 12 और Rs. 250 है. ठीक.", ["पृ. 12 और Rs. 250 है.", "ठीक."]),
        ("no marks at all", None),
        ("", []),
        (" \n ", []),
    ],
)
def test_splitting(text: str, sentences: list[str] | None) -> None:
    assert texts(text) == (sentences if sentences is not None else [text])


def test_a_paragraph_ends_in_a_longer_pause_than_a_sentence() -> None:
    pauses = [sentence.pause for sentence in split_sentences("One. Two.\nThree.")]
    assert pauses == [SENTENCE_PAUSE, PARAGRAPH_PAUSE, PARAGRAPH_PAUSE]


def test_a_pause_that_is_asked_for_ends_a_sentence_and_takes_the_place_of_its_own() -> None:
    text = "[pause:1s] One [pause:250ms][pause:2s] two. [pause:3s]\nThree."
    assert list(read_sentences(Markup("").read(text))) == [
        Sentence("", 0, 1),
        Sentence("One", 0, 0.25),
        Sentence("", 0, 2),
        Sentence("two.", 0, 3),
        Sentence("Three.", PARAGRAPH_PAUSE),
    ]


def test_a_pause_on_a_line_of_its_own_comes_after_that_of_the_paragraph() -> None:
    assert list(read_sentences(Markup("").read("One.\n\n[pause:1s]\nTwo."))) == [
        Sentence("One.", PARAGRAPH_PAUSE),
        Sentence("", 0, 1),
        Sentence("Two.", PARAGRAPH_PAUSE),
    ]


@given(st.text(st.sampled_from("abcXYZ é語。ह.,;:!?\"')( \n-1"), max_size=1500))
def test_every_character_but_white_space_comes_out_in_order(text: str) -> None:
    assert "".join("".join(texts(text)).split()) == "".join(text.split())


@pytest.mark.timeout(20)
@pytest.mark.parametrize("mark", [".", "!?", "a. ", "No. ", ".)", "(", "\n ", "St. "])
def test_endless_marks_take_no_more_than_linear_time(mark: str) -> None:
    # Quadratic time would be minutes here.
    text = (mark * 100_000).strip()
    assert "".join("".join(texts(text)).split()) == "".join(text.split())
