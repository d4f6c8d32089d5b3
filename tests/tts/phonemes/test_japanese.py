"""Japanese is read as its speakers read it, with numbers in digits or in kanji."""

import random
import time

import pytest

from app.tts.model.vocabulary import Vocabulary
from app.tts.phonemes import japanese
from app.tts.phonemes.g2p import GraphemesToPhonemes
from app.tts.text.japanese import normalize

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def phonemize() -> GraphemesToPhonemes:
    return japanese.build()


@pytest.mark.parametrize(
    ("digits", "kanji", "kana"),
    [
        ("300円", "三百円", "サンビャクエン"),
        ("600円", "六百円", "ロッピャクエン"),
        ("800円", "八百円", "ハッピャクエン"),
        ("3000円", "三千円", "サンゼンエン"),
        ("8000円", "八千円", "ハッセンエン"),
        ("4円", "四円", "ヨエン"),
        ("4月1日", "四月一日", "シガツツイタチ"),
        ("9月20日", "九月二十日", "クガツハツカ"),
        ("7月14日", "七月十四日", "シチガツジューヨッカ"),
        ("4時", "四時", "ヨジ"),
        ("7時", "七時", "シチジ"),
        ("9時", "九時", "クジ"),
        ("3:30", "三時三十分", "サンジサンジュップン"),
        ("10分後", "十分後", "ジュップンゴ"),
        ("3分", "三分", "サンプン"),
        ("1人", "一人", "ヒトリ"),
        ("4人", "四人", "ヨニン"),
        ("1つ", "一つ", "ヒトツ"),
        ("3つ", "三つ", "ミッツ"),
        ("1本", "一本", "イッポン"),
        ("3本", "三本", "サンボン"),
        ("3匹", "三匹", "サンビキ"),
        ("20歳", "二十歳", "ハタチ"),
        ("3階", "三階", "サンガイ"),
        ("10回", "十回", "ジュッカイ"),
        ("2024年", "二〇二四年", "ニセンニジューヨネン"),
        ("1000万円", "一千万円", "イッセンマンエン"),
        ("3分の1", "三分の一", "サンブンのイチ"),
    ],
)
def test_numbers_are_read_with_their_counters(
    phonemize: GraphemesToPhonemes, digits: str, kanji: str, kana: str
) -> None:
    spoken = sounds(phonemize(kana))
    assert sounds(phonemize(normalize(digits))) == spoken
    assert sounds(phonemize(normalize(kanji))) == spoken


@pytest.mark.parametrize(
    ("text", "kana"),
    [
        ("何分ですか", "ナンプンですか"),
        ("三日月", "ミカヅキ"),
        ("二人三脚", "ニニンサンキャク"),
        ("十人十色", "ジューニントイロ"),
        ("一石二鳥", "イッセキニチョー"),
        ("一期一会", "イチゴイチエ"),
        ("七五三", "シチゴサン"),
        ("十二単", "ジューニヒトエ"),
    ],
)
def test_words_with_numerals_are_read_as_words(
    phonemize: GraphemesToPhonemes, text: str, kana: str
) -> None:
    assert sounds(phonemize(normalize(text))) == sounds(phonemize(kana))


def sounds(phonemes: str) -> str:
    # A nasal takes the place of the next consonant only within a word.
    return phonemes.replace(" ", "").translate(str.maketrans("mnŋɲ", "ɴɴɴɴ"))


@pytest.mark.parametrize(
    ("text", "phonemes"),
    [
        ("三百円です。", "sambʲakɯeɴ desɨ."),
        ("一本", "iʔpoɴ"),
        ("今日は", "kʲoː βa"),
        ("学校へ行く", "ɡaʔkoː e ikɯ"),
        ("水を飲む", "mʲizɨ o nomɯ"),
        ("十分です", "ʥɨːbɯɴ desɨ"),
        ("六本木", "ɾoʔpoŋɡʲi"),
        ("何本", "namboɴ"),
        ("私は日本人", "βataɕi βa ɲihoɲʥiɴ"),
        ("中国人と三人", "ʨɨːɡokɯʥiɴ to saɲɲiɴ"),
        ("傘が五、六本ある", "kasa ɡa ɡoɾoʔpoɴ aɾɯ"),
        ("何か、何も、何を", "naɲika, naɲi mo, naɲi o"),
        ("きゃりーぱみゅぱみゅ", "kʲa ɾʲiː pa mʲɨ pa mʲɨ"),
        ("新聞、天皇、群馬", "ɕimbɯɴ, tennoː, ɡɯmma"),
        ("時々、人々は", "tokʲidokʲi, çitobʲito βa"),
        ("霞ヶ関、一ヶ月", "kasɨmʲiɡasekʲi, iʔkaɡeʦɨ"),
        ("ﾃｽﾄ", "tesɨto"),
        ("「はい」（笑）【新】", "“hai” (βaɾai) (ɕiɴ)"),
        ("えっ…まさか！？", "eʔ… masaka!?"),
        ("まぁいいねぇ", "maː iː neː"),
    ],
)
def test_words_are_read_as_speakers_do(
    phonemize: GraphemesToPhonemes, text: str, phonemes: str
) -> None:
    assert phonemize(text) == phonemes


def test_the_model_knows_every_phoneme(phonemize: GraphemesToPhonemes) -> None:
    vocabulary = Vocabulary.load()
    text = "「きゃりー」は、ヴァイオリン・ピッツァ（二千円）を【三つ】…買った！？〜『ふぇ』〔ん〕。"
    kana = "".join(map(chr, range(ord("ぁ"), ord("ゖ") + 1)))
    for piece in (text, kana, "".join(chr(ord(letter) + 0x60) for letter in kana)):
        phonemes = phonemize(piece)
        assert len(vocabulary.encode(phonemes)) == len(phonemes), phonemes


@pytest.mark.parametrize(
    "text",
    [
        "9" * 200,
        "." * 200,
        "ー" * 200,
        "三" * 200,
        "ん" * 200,
        "あーぁんゃっぁ",
        "\ud800a\udfff",
        "٣٤፩²①",
        "",
        " ",
        "\U000f0000",
        "Ω привет 한국 Latin",
    ],
)
def test_no_piece_is_too_strange(phonemize: GraphemesToPhonemes, text: str) -> None:
    started = time.perf_counter()
    phonemize(text)
    assert time.perf_counter() - started < 2


def test_mixtures_of_scripts_are_read_in_bounded_time(phonemize: GraphemesToPhonemes) -> None:
    pick = random.Random(0)
    ranges = [(0x20, 0x17F), (0x600, 0x6FF), (0x1360, 0x1380), (0x2000, 0x2BFF), (0x3000, 0x33FF)]
    ranges += [(0x4E00, 0x4FFF), (0xD800, 0xDFFF), (0xFE00, 0xFFEE), (0x20000, 0x20040)]
    characters = "".join(chr(code) for first, last in ranges for code in range(first, last))
    for pool in [characters, "ぁあいえんっゃゅょーァイッャ々ゝゞヾ゛3三十本日の〜、"] * 20:
        started = time.perf_counter()
        phonemize("".join(pick.choices(pool, k=200)))
        assert time.perf_counter() - started < 2
