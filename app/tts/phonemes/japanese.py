"""Japanese through misaki's Cutlet, which finds words with MeCab and UniDic."""

import re
import unicodedata
from typing import Any, NamedTuple

from app.tts.phonemes.g2p import GraphemesToPhonemes
from app.tts.text.japanese.counters import COUNTERS, join, verbalize_count
from app.tts.text.japanese.numbers import kanji_value, verbalize_number

_BRACKETS = str.maketrans("[{〔〈《【«]}〕〉》】»", "((((((()))))))")
# UniDic prefers ニッポン, ワタクシ, ナンカ and, next to katakana, ウ.
_USUAL_READINGS = {"日本": "ニホン", "私": "ワタシ", "何か": "ナニカ", "雨": "アメ"}
# Words with numerals that UniDic misreads, and that are not read like their numerals either.
_WORDS_WITH_NUMERALS = {
    "三日月": "ミカヅキ",
    "二人三脚": "ニニンサンキャク",
    "十人十色": "ジューニントイロ",
    "一石二鳥": "イッセキニチョー",
    "一期一会": "イチゴイチエ",
    "一日千秋": "イチジツセンシュー",
    "一か八か": "イチカバチカ",
    "一寸法師": "イッスンボーシ",
    "三位一体": "サンミイッタイ",
    "九分九厘": "クブクリン",
    "二束三文": "ニソクサンモン",
    "五分五分": "ゴブゴブ",
    "七転び八起き": "ナナコロビ ヤオキ",
    "七五三": "シチゴサン",
    "七福神": "シチフクジン",
    "十二単": "ジューニヒトエ",
    "十中八九": "ジュッチュー ハック",
    "三国志": "サンゴクシ",
    "四天王": "シテンノー",
    "四字熟語": "ヨジジュクゴ",
    "何分にも": "ナニブンニモ",
}
_WORD_WITH_NUMERALS = re.compile("|".join(_WORDS_WITH_NUMERALS))
_PARTICLES_AFTER_NANI = frozenset("をがもかはに") | {"から", "まで", "より"}
_HIRAGANA_FROM_KATAKANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_KATAKANA = re.compile("[ァ-ヺー]+")
_WITHIN_SYLLABLE = frozenset("ぁぃぅぇぉゃゅょァィゥェォャュョー")
# A small vowel after the same vowel makes it long: まぁ, ねぇ.
_SMALL_VOWELS = {
    "ぁ": "あかがさざただなはばぱまやらわゃ",
    "ぃ": "いきぎしじちぢにひびぴみり",
    "ぅ": "うくぐすずつづぬふぶぷむゆるゅ",
    "ぇ": "えけげせぜてでねへべぺめれ",
    "ぉ": "おこごそぞとどのほぼぽもよろょ",
}
_LONG_VOWEL = re.compile(
    "|".join(f"(?<=[{after}]){small}" for small, after in _SMALL_VOWELS.items())
)
# Cutlet fails on small letters without a consonant before them.
_STRAY_SMALL = re.compile(
    "(?<![ぁ-ゔ])[ぁぃぅぇぉゃゅょ]|(?<=[んっぁぃぅぇぉゃゅょゎ])[ぁぃぅぇぉゃゅょ]"
)
_FULL_SIZE = str.maketrans("ぁぃぅぇぉゃゅょ", "あいうえおやゆよ")


class _Word(NamedTuple):
    """A word as Cutlet takes it; the type is MeCab's number for a script."""

    surface: str
    hira: str
    char_type: int


def build() -> GraphemesToPhonemes:
    """Return an engine; raises ImportError without the extra `ja`."""
    # Not misaki.ja, which imports pyopenjtalk even if it is not used.
    from misaki import cutlet

    class JapaneseG2P(cutlet.Cutlet):  # type: ignore[misc]
        """misaki's engine, but numbers and counters are read together: 一本 is not 一 and 本."""

        def __call__(self, text: str) -> str:
            tokens = self.tagger(self._normalize_text(_readable(text)))
            phonemes = "".join(str(token) for token in self._romaji_tokens(_words(list(tokens))))
            # As in Cutlet itself: a glottal stop belongs to the consonant after it.
            phonemes = re.sub(r'(?<![!",.:;?»—…”]) (?=ʔ)|(?<=ʔ) (?!["«“])', "", phonemes)
            return re.sub(r"\s+", " ", phonemes.replace("...", "…")).strip()

    return JapaneseG2P()


def _readable(text: str) -> str:
    # Cutlet raises on lone surrogates, on digits of other scripts and on more than nine digits.
    text = unicodedata.normalize("NFKC", re.sub(r"[\ud800-\udfff]", "", text)).translate(_BRACKETS)
    text = "".join(
        str(unicodedata.digit(character)) if character.isdigit() else character
        for character in text
    )
    text = _WORD_WITH_NUMERALS.sub(lambda match: f" {_WORDS_WITH_NUMERALS[match[0]]} ", text)
    text = re.sub("ーー+", "ーー", text)
    return re.sub("[0-9]+", lambda match: f" {verbalize_number(match.group())} ", text)


def _words(tokens: list[Any]) -> list[_Word]:
    words: list[_Word] = []
    start = 0
    while start < len(tokens):
        end, reading = _counted(tokens, start)
        if not reading:
            end, reading = _katakana(tokens, start)
        if reading:
            surface = "".join(token.surface for token in tokens[start:end])
            words += [_Word(surface, _hiragana(part), 6) for part in reading.split()]
            start = end
            continue
        word = _word(tokens, start)
        if words and word.surface[0] in _WITHIN_SYLLABLE and not tokens[start].white_space:
            # MeCab may cut unknown words anywhere.
            before = words.pop()
            reading = before.hira + _hiragana(word.surface)
            word = _Word(before.surface + word.surface, reading, before.char_type)
        words.append(word)
        start += 1
    return [word._replace(hira=_with_full_size(word.hira)) for word in words]


def _word(tokens: list[Any], position: int) -> _Word:
    token = tokens[position]
    known = token.char_type == 7 or not token.is_unk
    reading = _reading_beside(tokens, position) or _USUAL_READINGS.get(token.surface)
    reading = reading or token.feature.pron or token.feature.kana or token.surface
    if _KATAKANA.fullmatch(token.surface) and "ッ" in reading and "ッ" not in token.surface:
        reading = token.surface  # UniDic takes ハツカ for ハッカ
    return _Word(token.surface, _hiragana(reading), 6 if known else token.char_type)


def _reading_beside(tokens: list[Any], position: int) -> str | None:
    """Return a reading that depends on the word before or after, which UniDic ignores."""
    surface = tokens[position].surface
    if surface == "人" and position:
        before = tokens[position - 1]
        return "ジン" if before.feature.pos3 == "地名" or before.surface[-1] == "国" else None
    if surface == "何" and position + 1 < len(tokens):
        return "ナニ" if tokens[position + 1].surface in _PARTICLES_AFTER_NANI else None
    return None


def _counted(tokens: list[Any], start: int) -> tuple[int, str]:
    """Return the end and reading of a number with its counter; the reading is empty if none."""
    surface = tokens[start].surface
    if surface[1:] == "本" and (value := kanji_value(surface[0])) is not None:
        return start + 1, verbalize_count(str(value), "本")  # UniDic takes 三本 for a surname
    end = start
    while end < len(tokens) and tokens[end].feature.pos2 == "数詞":
        end += 1
    if end == start or end == len(tokens) or tokens[end].surface not in COUNTERS:
        return start, ""
    numerals = "".join(token.surface for token in tokens[start:end])
    value = kanji_value(numerals)
    counter = tokens[end].surface
    if value is None:  # 何本, 数十本, 五、六本
        number = "".join(token.feature.pron or token.surface for token in tokens[start:end])
        return end + 1, join(number, counter)
    end += 1
    if counter == "分" and _is_denominator(tokens, end):
        return end, verbalize_number(str(value)) + "ブン"
    return end, verbalize_count(str(value), counter)


def _is_denominator(tokens: list[Any], end: int) -> bool:
    following = tokens[end : end + 2]
    return (
        len(following) == 2
        and following[0].surface == "の"
        and (following[1].feature.pos2 == "数詞")
    )


def _katakana(tokens: list[Any], start: int) -> tuple[int, str]:
    """Return the end and letters of a word in katakana that was cut into scraps, if one was."""
    end = start
    if tokens[start].surface[0] in _WITHIN_SYLLABLE:
        return start, ""
    while end < len(tokens) and _KATAKANA.fullmatch(tokens[end].surface):
        if end > start and tokens[end].white_space:
            break
        end += 1
    surfaces = [token.surface for token in tokens[start:end]]
    if len(surfaces) > 1 and min(map(len, surfaces)) <= 2:
        return end, "".join(surfaces)
    return start, ""


def _hiragana(reading: str) -> str:
    return _LONG_VOWEL.sub("ー", reading.translate(_HIRAGANA_FROM_KATAKANA))


def _with_full_size(hiragana: str) -> str:
    return _STRAY_SMALL.sub(lambda match: match.group().translate(_FULL_SIZE), hiragana)
