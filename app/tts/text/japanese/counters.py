"""Japanese counters, and the changes between a number and them: 本 is ホン, ポン or ボン."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.tts.text.japanese.numbers import SHORTENED, replace_ending, verbalize_number


@dataclass(frozen=True)
class Counter:
    """The readings of a counter after numbers, in katakana."""

    reading: str

    shortens: tuple[str, ...] = ()
    """Ends of numbers that are shortened before it: ロク becomes ロッ."""

    after_shortened: str = ""
    """Its reading after a shortened number, if it differs."""

    after_n: str = ""
    """Its reading after サン, セン, マン and 何, if it differs."""

    after_four: str = ""
    """Its reading after ヨン, if it differs."""

    endings: Mapping[str, str] = field(default_factory=dict)
    """Other changes of the number's end: ヨン becomes ヨ."""

    whole: Mapping[int, str] = field(default_factory=dict)
    """Numbers that form one word with it: 一人."""


# Before k and h, before s and t, and before loan words.
_ALL = tuple(SHORTENED)
_MOST = ("イチ", "ハチ", "ジュー")
_LOAN_K = ("ロク", "ジュー", "ャク")
_TEN = ("ジュー",)
_FOUR = {"ヨン": "ヨ"}
_SHORT_DIGITS = {"ヨン": "ヨ", "ナナ": "シチ", "キュー": "ク"}
_DAYS = {
    1: "イチニチ",
    2: "フツカ",
    3: "ミッカ",
    4: "ヨッカ",
    5: "イツカ",
    6: "ムイカ",
    7: "ナノカ",
    8: "ヨーカ",
    9: "ココノカ",
    10: "トーカ",
    14: "ジューヨッカ",
    20: "ハツカ",
    24: "ニジューヨッカ",
}
_THINGS = (
    "ヒトツ",
    "フタツ",
    "ミッツ",
    "ヨッツ",
    "イツツ",
    "ムッツ",
    "ナナツ",
    "ヤッツ",
    "ココノツ",
)


def _same(readings: str, shortens: tuple[str, ...] = ()) -> dict[str, Counter]:
    """Return counters of pairs of a written form and its reading."""
    words = readings.split()
    return {
        written: Counter(reading, shortens)
        for written, reading in zip(words[::2], words[1::2], strict=True)
    }


def _native(readings: str) -> dict[str, Counter]:
    """Return counters that native numbers come before: ヒトハコ, フタハコ."""
    words = readings.split()
    return {
        written: Counter(reading, whole={1: "ヒト" + reading, 2: "フタ" + reading})
        for written, reading in zip(words[::2], words[1::2], strict=True)
    }


COUNTERS: Mapping[str, Counter] = {
    **_same(
        "枚 マイ 台 ダイ 番 バン 番目 バンメ 番地 バンチ 番線 バンセン 秒 ビョー 秒間 ビョーカン "
        "倍 バイ 部 ブ 度目 ドメ 割 ワリ 割引 ワリビキ 羽 ワ 名 メー 名様 メーサマ 号 ゴー "
        "号室 ゴーシツ 号車 ゴーシャ 号線 ゴーセン 位 イ 条 ジョー 畳 ジョー 段 ダン "
        "段階 ダンカイ 代 ダイ 代目 ダイメ 行 ギョー 列 レツ 両 リョー 輪 リン 錠 ジョー 膳 ゼン "
        "問 モン 男 ナン 女 ジョ 例 レー 例目 レーメ メートル メートル グラム グラム "
        "リットル リットル ドル ドル ユーロ ユーロ 元 ゲン ウォン ウォン ルピー ルピー "
        "バーツ バーツ ビット ビット バイト バイト 割り ワリ 割引き ワリビキ 厘 リン 塁 ルイ "
        "ブンノ ブンノ 合目 ゴーメ 限目 ゲンメ 学期 ガッキ 文 ブン 語 ゴ 議席 ギセキ 次 ジ"
    ),
    **_same(
        "個 コ 箇 コ こ コ コ コ 回 カイ 回目 カイメ 回戦 カイセン 回表 カイオモテ 回裏 カイウラ "
        "県 ケン 件 ケン か月 カゲツ カ月 カゲツ ヶ月 カゲツ ヵ月 カゲツ ケ月 カゲツ 箇月 カゲツ "
        "か所 カショ カ所 カショ ヶ所 カショ ヵ所 カショ 箇所 カショ か国 カコク カ国 カコク "
        "ヶ国 カコク ヵ国 カコク か国語 カコクゴ カ国語 カコクゴ ヶ国語 カコクゴ か年 カネン "
        "カ年 カネン ヶ年 カネン 級 キュー 曲 キョク 局 キョク 巻 カン 缶 カン 脚 キャク 機 キ "
        "基 キ 球 キュー 区 ク 句 ク 桁目 ケタメ 項目 コーモク 系統 ケートー",
        _ALL,
    ),
    **_same(
        "冊 サツ 社 シャ 席 セキ 隻 セキ 章 ショー 勝 ショー 戦 セン 線 セン 種 シュ "
        "種類 シュルイ 首 シュ 週 シュー 週目 シューメ 週間 シューカン 週間目 シューカンメ "
        "周 シュー 周目 シューメ 周年 シューネン 世紀 セーキ 世帯 セタイ 世代 セダイ 進 シン "
        "色 ショク 升 ショー 銭 セン 食 ショク 都 ト セット セット センチ センチ "
        "センチメートル センチメートル シーズン シーズン 頭 トー 滴 テキ 着 チャク 丁目 チョーメ "
        "丁 チョー 通 ツー 等 トー 等分 トーブン 体 タイ 隊 タイ 棟 トー 店舗 テンポ 店 テン "
        "打席 ダセキ トン トン セント セント",
        _MOST,
    ),
    **_same(
        "キロ キロ キロメートル キロメートル キログラム キログラム キロワット キロワット "
        "キロバイト キロバイト キロヘルツ キロヘルツ キロカロリー キロカロリー",
        _LOAN_K,
    ),
    **_same(
        "パーセント パーセント ページ ページ ポイント ポイント ポンド ポンド パック パック", _TEN
    ),
    **_native(
        "箱 ハコ 皿 サラ 部屋 ヘヤ 粒 ツブ 袋 フクロ 束 タバ 切れ キレ 晩 バン 桁 ケタ 通り トーリ "
        "駅 エキ 文字 モジ 口 クチ 組 クミ 株 カブ 言 コト 山 ヤマ"
    ),
    "本": Counter("ホン", _ALL, "ポン", "ボン"),
    "本目": Counter("ホンメ", _ALL, "ポンメ", "ボンメ"),
    "匹": Counter("ヒキ", _ALL, "ピキ", "ビキ"),
    "杯": Counter("ハイ", _ALL, "パイ", "バイ"),
    "杯目": Counter("ハイメ", _ALL, "パイメ", "バイメ"),
    "票": Counter("ヒョー", _ALL, "ピョー", "ビョー"),
    "分": Counter("フン", _ALL, "プン", "プン", "プン"),
    "泊": Counter("ハク", _ALL, "パク", "パク"),
    "発": Counter("ハツ", _ALL, "パツ", "パツ"),
    "歩": Counter("ホ", _ALL, "ポ", "ポ"),
    "版": Counter("ハン", _ALL, "パン", "パン"),
    "編": Counter("ヘン", _ALL, "ペン", "ペン"),
    "敗": Counter("ハイ", _ALL, "パイ", "パイ"),
    "品": Counter("ヒン", _ALL, "ピン", "ピン"),
    "階": Counter("カイ", _ALL, after_n="ガイ"),
    "階建て": Counter("カイダテ", _ALL, after_n="ガイダテ"),
    "軒": Counter("ケン", _ALL, after_n="ゲン"),
    "足": Counter("ソク", _MOST, after_n="ゾク"),
    "点": Counter("テン", _MOST, whole={0: "レーテン"}),
    "度": Counter("ド", whole={0: "レード"}),
    "円": Counter("エン", endings=_FOUR),
    "円玉": Counter("エンダマ", endings=_FOUR),
    "年": Counter("ネン", endings=_FOUR),
    "年度": Counter("ネンド", endings=_FOUR),
    "時": Counter("ジ", endings=_SHORT_DIGITS, whole={0: "レージ"}),
    "時間": Counter("ジカン", endings=_SHORT_DIGITS),
    "時間目": Counter("ジカンメ", endings=_SHORT_DIGITS),
    "次元": Counter("ジゲン", endings=_FOUR),
    "時限": Counter("ジゲン", endings=_FOUR),
    "月": Counter("ガツ", endings={**_SHORT_DIGITS, "ヨン": "シ"}),
    "日": Counter("ニチ", endings={"ナナ": "シチ", "キュー": "ク"}, whole=_DAYS),
    "人": Counter("ニン", endings={"ヨン": "ヨ", "ナナ": "シチ"}, whole={1: "ヒトリ", 2: "フタリ"}),
    "人前": Counter("ニンマエ", endings={"ヨン": "ヨ", "ナナ": "シチ"}),
    "人称": Counter("ニンショー"),
    "人組": Counter("ニングミ", endings={"ヨン": "ヨ", "ナナ": "シチ"}),
    "歳": Counter("サイ", _MOST, whole={20: "ハタチ"}),
    "才": Counter("サイ", _MOST, whole={20: "ハタチ"}),
    "つ": Counter("ツ", whole=dict(enumerate(_THINGS, start=1))),
}
"""The counters by their written forms."""


def verbalize_count(number: str, counter: str) -> str:
    """Return ASCII digits, perhaps with a decimal point, and one of `COUNTERS` in katakana."""
    entry = COUNTERS[counter]
    if "." in number:
        return verbalize_number(number) + entry.reading
    whole = entry.whole.get(int(number)) if len(number) <= 3 else None
    return whole or join(verbalize_number(number), counter)


def join(number: str, counter: str) -> str:
    """Join a number in katakana, such as サン, and one of `COUNTERS`."""
    entry = COUNTERS[counter]
    if number.endswith(entry.shortens):
        changes = {ending: SHORTENED[ending] for ending in entry.shortens}
        return replace_ending(number, changes) + (entry.after_shortened or entry.reading)
    if number.endswith("ヨン"):
        reading = entry.after_four
    else:
        reading = entry.after_n if number.endswith("ン") else ""
    return replace_ending(number, dict(entry.endings)) + (reading or entry.reading)
