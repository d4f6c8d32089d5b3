"""Mandarin Chinese through misaki, with jieba's word segmentation and pypinyin's readings.

Tones are those of the dictionary: the model was trained on them, and changes them before other
tones by itself.
"""

import itertools
import unicodedata

import regex

from app.tts.phonemes.g2p import GraphemesToPhonemes

# misaki's own list lacks many of these, and has symbols for which the model has no token.
_MARKS = str.maketrans(
    {
        **dict.fromkeys("，、､﹐﹑", ", "),
        **dict.fromkeys("。｡．", ". "),
        **dict.fromkeys("！﹗", "! "),
        **dict.fromkeys("？﹖", "? "),
        **dict.fromkeys("：﹕", ": "),
        **dict.fromkeys("；﹔", "; "),
        **dict.fromkeys("«《〈「『【〖〔｢", " “"),
        **dict.fromkeys("»》〉」』】〗〕｣", "” "),
        **dict.fromkeys("（[{［｛", " ("),
        **dict.fromkeys("）]}］｝", ") "),
        **dict.fromkeys("–―─", "—"),
        "⋯": "…",
        "〇": "零",
    }
)
_DIGITS = "零一二三四五六七八九"
_RADICALS = regex.compile(r"[\u2e80-\u2fdf]")
_REPETITION = regex.compile(r"(\p{Han})々")
_STRETCH = regex.compile(r"(?P<words>\p{Han}+)|\P{Han}+")
_UNSPOKEN = regex.compile(r"[^;:,.!?—…\"()“” ]+")

# Words that the dictionaries lack or get wrong.
_READINGS = {
    "还钱": ["huan2", "qian2"],
    "还给": ["huan2", "gei3"],
    "数一数": ["shu3", "yi4", "shu3"],
    "量一量": ["liang2", "yi4", "liang2"],
    "朝阳": ["chao2", "yang2"],
    "朝鲜": ["chao2", "xian3"],
    "薄荷": ["bo4", "he5"],
    "头发": ["tou2", "fa5"],
}
# 曾, ceng2, means "once"; as a surname it is zeng1, like this rare character.
_SURNAME_SPELLING = "罾"
_SURNAME = regex.compile(
    "(?<=(?<![从大古])[姓小老阿])曾(?!经(?!常|理))|曾(?=先生|女士|小姐|老师|总(?![共是会结])|某|教授|医生|主任|经理|同学|警官|氏)"
)
# Characters that follow "once" rather than a surname, if the segmenter takes both for one word.
_AFTER_ONCE = frozenset(
    "经在是有被为于以与因任获对向到多将让把说想去来过和就一两三几数不没无用提称做作当出入住担受先"
    "亲南听奉学得效放欲游率用登答统绥见谏起述遇领食爱"
)
# Words before 得 that make it a verb of its own, "must".
_SUBJECTS = frozenset("我你您他她它们咱谁就还都只也总可必才又")
_VERBS = frozenset("变长看听说跑走做玩吃睡写画唱学讲想过来受用行站顾经撑顶摸买飞穿打教坐等笑哭累忙")


def build() -> GraphemesToPhonemes:
    """Return an engine; raises ImportError without the extra `zh`."""
    import jieba
    import opencc
    from misaki import zh
    from pypinyin import Style, lazy_pinyin

    segmenter = jieba.Tokenizer()
    # By hand, because jieba would write to the log and read a cache in a folder open to anybody.
    segmenter.FREQ, segmenter.total = segmenter.gen_pfdict(segmenter.get_dict_file())
    segmenter.initialized = True
    for word in _READINGS:
        segmenter.add_word(word)
    # The dictionaries hold simplified characters only.
    simplify = opencc.OpenCC("t2s").convert

    def spelled(word: str, before: str) -> list[str]:
        if len(word) > 1 and word[0] == "曾" and word[1] not in _AFTER_ONCE:
            word = word.replace("曾", _SURNAME_SPELLING, 1)
        syllables = lazy_pinyin(
            word, style=Style.TONE3, neutral_tone_with_five=True, errors="ignore"
        )
        is_known = bool(segmenter.FREQ.get(word)) and len(word) > 1
        return _READINGS.get(word) or _with_particles(syllables, word, before, is_known)

    def stretch_phonemes(match: regex.Match[str]) -> str:
        if match["words"] is None:
            return str(_UNSPOKEN.sub(" ", match[0]))
        words = list(segmenter.cut(_SURNAME.sub(_SURNAME_SPELLING, match[0])))
        return " ".join(
            "".join(map(zh.ZHG2P.py2ipa, spelled(word, before)))
            for before, word in itertools.pairwise(["", *words])
        )

    def phonemize(text: str) -> str:
        phonemes: str = _STRETCH.sub(stretch_phonemes, simplify(_plain(text)))
        return " ".join(phonemes.replace("\N{COMBINING INVERTED BREVE BELOW}", "").split())

    return phonemize


def _with_particles(syllables: list[str], word: str, before: str, is_known: bool) -> list[str]:
    """Return `syllables` of `word` with the particles 地, 得 and 著 read as particles.

    `before` is the word before; `is_known` is set for words of the dictionary, but not for those
    that the segmenter made up and for single characters.
    """
    if len(syllables) != len(word):
        return syllables
    first, last = word[0], word[-1]
    if word == "得" and before:
        return ["dei3"] if before[-1] in _SUBJECTS else ["de5"]
    if first == "地" and len(before) > 1 and not is_known:
        return ["de5", *syllables[1:]]
    if last == "地" and len(word) == 3 and first == word[1]:
        return [*syllables[:-1], "de5"]
    if last == "著" and before + word[:-1] and not is_known:
        return [*syllables[:-1], "zhe5"]
    pairs = itertools.pairwise(" " + word)
    return [
        "de5" if pair[1] == "得" and syllable == "de2" and pair[0] in _VERBS else syllable
        for pair, syllable in zip(pairs, syllables, strict=True)
    ]


def _plain(text: str) -> str:
    text = "".join(
        _DIGITS[unicodedata.decimal(character)] if character.isdecimal() else character
        for character in text.translate(_MARKS)
    )
    text = _RADICALS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return str(_REPETITION.sub(r"\1\1", text))
