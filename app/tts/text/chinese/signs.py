"""Signs of Mandarin: arithmetic, scores, ranges, powers, and every other sign by its name."""

import re
import unicodedata

from app.tts.text.chinese.measures import CURRENCY, NUMBER, UNIT
from app.tts.text.chinese.numbers import COUNTED
from app.tts.text.greek import GREEK_LETTER, greek_names
from app.tts.text.markup import PLACEHOLDERS
from app.tts.text.rules import Rule

_SIGNS = {
    "&": "和", "@": "艾特", "+": "加", "=": "等于", "≈": "约等于", "≠": "不等于", "≤": "小于等于",
    "≥": "大于等于", "×": "乘", "÷": "除以", "−": "减", "±": "正负", "√": "根号", "∞": "无穷大",
    "%": "百分号", "‰": "千分号", "#": "井号", "/": "斜杠", "\\": "反斜杠", "*": "星号",
    "²": "平方", "³": "立方", "°": "度", "→": "到", "©": "版权", "®": "注册商标", "™": "商标",
    "$": "美元", "¥": "元", "€": "欧元", "£": "英镑", "№": "第", "~": " ", "<": " ", ">": " ",
    "^": " ", "_": " ", "|": " ", "`": " ",
}  # fmt: skip
"""Names of signs; a space for those that are not said."""
_GREEK = greek_names("""
    阿尔法 贝塔 伽马 德尔塔 艾普西隆 泽塔 伊塔 西塔 约塔 卡帕 兰姆达 缪
    纽 克西 奥密克戎 派 柔 西格马 陶 宇普西隆 斐 希 普西 欧米伽
""")
_SIGN_NAMES = str.maketrans(_SIGNS)
_HAN = r"[\u4e00-\u9fff]"
_MINUS = "[-−]"
_DASH = "[-−–—~]"
_SIGNED_DIGIT = rf"(?:{CURRENCY})?\d"


def verbalize_other_signs(text: str) -> str:
    """Return `text` with the names of the signs that no rule knows."""
    return text.translate(_SIGN_NAMES)


def _score(match: re.Match[str]) -> str:
    # The ends of a range go up.
    return f"{match[1]}比{match[2]}" if int(match[1]) >= int(match[2]) else match[0]


def _power(match: re.Match[str]) -> str:
    return "的" + unicodedata.normalize("NFKC", match.group()).replace("−", "负") + "次方"


DRAWN_LINE = Rule(
    rf"([^\w\s，。！？、；：…—.(){{}}\"'“”{PLACEHOLDERS}])\1{{2,}}",
    " ",
    "标题=====正文 -> 标题 正文",
)
TOPIC = Rule(r"#([^#\s]{1,40})#", r"\1", "#话题#你好 -> 话题你好")
SCORES = (
    Rule(rf"(?<=\d) ?{_MINUS} ?(?={NUMBER} ?=)", "减", "5 - 3=2 -> 5减3=2"),
    Rule(
        rf"(?<![A-Za-z\d.:第-])(\d{{1,3}})-(\d{{1,3}})"
        rf"(?![-\d.℃%‰°$¥]| ?(?:{UNIT}|{COUNTED}|[月日号楼栋层单室级]))",
        _score,
        "湖人112-108勇士 -> 湖人112比108勇士",
    ),
    Rule(r"(?<=\d) ?[xX*×] ?(?=\d)", "乘", "3×4 -> 3乘4"),
)
RANGES = (
    Rule(
        rf"(?<=\d)({_HAN}{{1,2}}|[%‰]|{UNIT}|) ?{_DASH} ?(?=第?{_MINUS}?{_SIGNED_DIGIT})",
        r"\1到",
        "3-5天 -> 3到5天",
        "3.5万-5万 -> 3.5万到5万",
        "20%~$30 -> 20%到$30",
    ),
    Rule(
        r"([周期][一二三四五六日天])[-—~](?=[周星一二三四五六日])",
        r"\1到",
        "周一-周五 -> 周一到周五",
    ),
    Rule(rf"(?<![A-Za-z\d)%]){_MINUS}(?={_SIGNED_DIGIT})", "负", "气温-5度 -> 气温负5度"),
    Rule(
        rf"(?<![A-Za-z\d)%])\+(?={NUMBER} ?[%‰℃°])|(?<![\w)])\+(?=\d)",
        "正",
        "环比+0.5% -> 环比正0.5%",
        "（+3） -> （正3）",
    ),
    Rule(r"(?<=\d0)\+(?=[\u4e00-\u9fff])", "多", "100+人 -> 100多人"),
    Rule(r"[~≈](?=\d)", "约", "~100 -> 约100"),
)
SIGNS = (
    Rule(rf"(?<=[元块角分次个人米里斤克升吨杯位条瓶张秒\d])/(?={_HAN})", "每", "5元/斤 -> 5元每斤"),
    Rule(rf"(?<={_HAN})/(?={_HAN})|(?<=\d)/(?=\d)", "，", "他/她 -> 他，她", "1/2/3 -> 1，2，3"),
    Rule(r"(?<=[A-Za-z]) ?& ?(?=[A-Za-z])", " and ", "R&B -> R and B"),
    Rule(r"(?<=[A-Za-z])/(?=[A-Za-z])", " ", "TCP/IP -> TCP IP"),
    Rule(r"\^(\d{1,9})", r"的\1次方", "2^10 -> 2的10次方"),
    Rule(r"(?<=\d)(?=[²³](?![⁰¹²³⁴-⁹]))", "的", "5² -> 5的²"),
    Rule(r"(?<=\d)#", "号", "3#楼 -> 3号楼"),
    Rule(r"<(?= ?[\d负])", "小于", "x<5 -> x小于5"),
    Rule(r">(?= ?[\d负])", "大于", "x>5 -> x大于5"),
    # A Greek letter alone, not in a word of Greek.
    Rule(
        GREEK_LETTER,
        lambda match: _GREEK.get(match[0], match[0]),
        "α波 -> 阿尔法波",
    ),
    Rule(
        r"⁻[⁰¹²³⁴-⁹]{1,9}|[⁰¹²³⁴-⁹]{2,9}|[⁰¹⁴-⁹]",
        _power,
        "10⁻³ -> 10的负3次方",
        "2¹⁰ -> 2的10次方",
        "x⁴ -> x的4次方",
    ),
)
