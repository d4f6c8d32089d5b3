"""Verbalize web and e-mail addresses, file names, paths and versions as people say them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from app.tts.text.rules import Rule, apply_rules
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
# A label of a host or a part of a file's name. ASCII only, because Chinese and Japanese letters
# stand right next to addresses.
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


@dataclass(frozen=True, eq=False)
class AddressWords:
    """The words of a language for the marks in addresses."""

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


def verbalize_addresses(text: str, words: AddressWords) -> str:
    """Return `text` with the marks inside its addresses in words; digits stay digits.

    The scheme (`https://`) is left out, as people do not say it.
    """
    if "." not in text and "/" not in text and "@" not in text:
        return text
    return tidy_spaces(apply_rules(text, address_rules(words)))


@lru_cache(maxsize=32)
def address_rules(words: AddressWords) -> tuple[Rule, ...]:
    """Return the rules for addresses with the words of a language; their examples are English."""
    marks = {mark: f" {word} " for mark, word in words.marks.items()}

    def spell(address: str) -> str:
        spoken = "".join(marks.get(character, character) for character in address)
        return f" {' '.join(_LETTERS_BESIDE_DIGITS.apply(spoken).split())} "

    def spell_without_end(address: str) -> str:
        bare = address.rstrip(_END_MARKS)
        return spell(bare.rstrip("/")) + address[len(bare) :]

    def version(match: re.Match[str]) -> str:
        number = f" {words.point} ".join((match[2] or match[3]).split("."))
        return f"{words.version} {number}" if match[1] else number

    # Addresses that contain others come first: a URL has a host and a path. A name such as main.rs
    # could be a host's, and four numbers with dots a version, so files and IP addresses come
    # before those.
    return (
        Rule(
            _URL,
            lambda match: spell_without_end(match["rest"]),
            "See https://example.com/docs. -> See  example dot com slash docs .",
            "at www.example.org -> at  www dot example dot org ",
        ),
        Rule(
            _EMAIL,
            lambda match: spell(f"{match[1]}@{match[2]}"),
            "mail jane.doe@example.com -> mail  jane dot doe at example dot com ",
        ),
        Rule(
            _IP_ADDRESS,
            lambda match: spell(" ".join(match[0])),
            "at 10.0.0.1 -> at  1 0 dot 0 dot 0 dot 1 ",
        ),
        Rule(
            _FILE,
            lambda match: spell(match[1]),
            "edit config.yaml -> edit  config dot yaml ",
            "run ./tools/build.sh -> run  dot slash tools slash build dot sh ",
        ),
        Rule(
            _BARE_HOST,
            lambda match: spell_without_end(match[0]),
            "on example.com/blog, soon -> on  example dot com slash blog , soon",
        ),
        Rule(
            _PATH,
            lambda match: spell_without_end(match[1]),
            "in /etc/hosts or ~/notes/june -> in  slash etc slash hosts "
            " or  tilde slash notes slash june ",
        ),
        Rule(
            _VERSION,
            version,
            "upgrade to v2.1 -> upgrade to version 2 point 1",
            "Python 3.11.2 -> Python 3 point 11 point 2",
        ),
    )


_LETTERS_BESIDE_DIGITS = Rule(
    r"(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])", " ", "page2 -> page 2", "4you -> 4 you"
)
"""Numbers are said apart from the letters beside them."""
