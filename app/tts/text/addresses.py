"""Reads web and e-mail addresses, file names, paths and versions as people say them."""

import re
from dataclasses import dataclass

from app.tts.text.spacing import tidy_spaces

_TOP_LEVEL_DOMAINS = (
    "com|org|net|edu|gov|int|mil|info|io|ai|dev|app|co|me|tv|eu|uk|us|de|fr|es|it|br|pt|in|jp|cn|"
    "ch|at|nl|be|ru|ca|au|mx|ar|tw|hk|kr|se|no|dk|fi|pl|blog|shop|online|site|xyz|tech|cloud"
)
_FILE_TYPES = (
    "py|js|ts|tsx|jsx|rs|go|rb|java|c|cc|cpp|h|hpp|cs|php|sh|bat|ps1|sql|html|htm|css|scss|json|"
    "yaml|yml|toml|ini|cfg|conf|xml|csv|tsv|txt|md|rst|pdf|doc|docx|xls|xlsx|ppt|pptx|odt|png|jpg|"
    "jpeg|gif|svg|webp|bmp|ico|mp3|mp4|wav|ogg|flac|avi|mkv|mov|zip|tar|gz|tgz|bz2|xz|7z|rar|exe|"
    "dll|so|deb|rpm|dmg|iso|apk|log|lock|env|db|sqlite|onnx|bin|npy|npz|ipynb|vue|kt|swift|lua"
)
# A label of a host or a part of a file's name; ASCII, because letters of Chinese or Japanese stand
# right next to addresses.
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,62})"
_HOST = rf"{_LABEL}(?:\.{_LABEL}){{0,9}}"
_TAIL = r"(?::\d{1,5})?(?:[/?#][^\s<>\"'`\u3000-\u9fff\uff00-\uffef]{0,2000})?"
_END_MARKS = ".,;:!?)]}"

_URL = re.compile(rf"(?i)(?<![a-z0-9])(?:(?:https?|ftp|file)://|(?=www\.))(?P<rest>{_HOST}{_TAIL})")
_EMAIL = re.compile(rf"(?<![\w.+-])(?:mailto:)?([\w.+-]{{1,64}})@({_HOST})(?![\w@])", re.ASCII)
_BARE_HOST = re.compile(
    rf"(?<![\w@./-])((?:{_LABEL}\.){{1,5}}(?:{_TOP_LEVEL_DOMAINS}))(?![\w@-])({_TAIL})", re.ASCII
)
_FILE = re.compile(
    rf"(?<![\w@.])((?:~|\.\.?)?/?(?:[\w-]{{1,64}}/){{0,20}}[\w-]{{1,64}}(?:\.[\w-]{{1,32}}){{0,3}}"
    rf"\.(?:{_FILE_TYPES}))(?![\w@-])",
    re.ASCII,
)
_PATH = re.compile(r"(?<![\w.:/<])((?:~|\.\.?)?(?:/[\w.-]{1,64}){2,20}/?)(?![\w/])", re.ASCII)
_VERSION = re.compile(
    # Neither thousands in groups of three nor a date.
    r"(?i)(?<![\w.,])(?:(?:version )?(v)(\d{1,4}(?:\.\d{1,6}){0,4})"
    r"|(?!\d{1,3}(?:\.\d{3})+\b|\d\d?\.\d\d?\.\d{4}\b)(\d{1,4}(?:\.\d{1,6}){2,4}))(?!\d|[.,]\d|\w)",
    re.ASCII,
)
_IP_ADDRESS = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?(?::\d{1,5})?(?![\d.]\d)")


@dataclass(frozen=True)
class AddressWords:
    """How a language says the marks of addresses."""

    dot: str
    at: str
    slash: str
    hyphen: str
    underscore: str
    colon: str
    question_mark: str
    equals: str
    and_sign: str
    plus: str
    hash_sign: str
    percent: str
    tilde: str
    version: str
    point: str
    """The mark between the numbers of a version."""

    @property
    def marks(self) -> dict[str, str]:
        """Each mark with its word."""
        return {
            ".": self.dot,
            "@": self.at,
            "/": self.slash,
            "\\": self.slash,
            "-": self.hyphen,
            "_": self.underscore,
            ":": self.colon,
            "?": self.question_mark,
            "=": self.equals,
            "&": self.and_sign,
            "+": self.plus,
            "#": self.hash_sign,
            "%": self.percent,
            "~": self.tilde,
        }


def read_addresses(text: str, words: AddressWords) -> str:
    """Return `text` with the marks inside its addresses in words; digits stay digits.

    The scheme (`https://`) is not read, as nobody says it.
    """
    if "." not in text and "/" not in text and "@" not in text:
        return text

    def spelled(address: str) -> str:
        return f" {_spell(address, words)} "

    def url(match: re.Match[str]) -> str:
        address = match["rest"].rstrip(_END_MARKS)
        ending = match["rest"][len(address) :]
        return spelled(address.rstrip("/")) + ending

    def host(match: re.Match[str]) -> str:
        rest = match[2].rstrip(_END_MARKS)
        return spelled((match[1] + rest).rstrip("/")) + match[2][len(rest) :]

    def path(match: re.Match[str]) -> str:
        address = match[1].rstrip(_END_MARKS)
        return spelled(address.rstrip("/")) + match[1][len(address) :]

    def version(match: re.Match[str]) -> str:
        number = f" {words.point} ".join((match[2] or match[3]).split("."))
        return f"{words.version} {number}" if match[1] else number

    text = _URL.sub(url, text)
    text = _EMAIL.sub(lambda match: spelled(f"{match[1]}@{match[2]}"), text)
    text = _IP_ADDRESS.sub(lambda match: spelled(" ".join(match[0])), text)
    text = _FILE.sub(lambda match: spelled(match[1]), text)
    text = _BARE_HOST.sub(host, text)
    text = _PATH.sub(path, text)
    text = _VERSION.sub(version, text)
    return tidy_spaces(text)


def _spell(address: str, words: AddressWords) -> str:
    marks = words.marks
    spoken = "".join(
        f" {marks[character]} " if character in marks else character for character in address
    )
    # A number apart from the letters beside it, as it is said.
    spoken = re.sub(r"(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])", " ", spoken)
    return " ".join(spoken.split())
