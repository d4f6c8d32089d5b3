"""French numbers in words: cardinals, ordinals and fractions."""

import re

from num2words import num2words

from app.tts.text.conventions import Gender
from app.tts.text.french.nouns import NUMBERED, noun_gender
from app.tts.text.numerals import roman_value
from app.tts.text.romance.fractions import FractionWords
from app.tts.text.romance.nouns import agreement_rule
from app.tts.text.romance.roman_numerals import ROMAN_NUMERAL
from app.tts.text.rules import Rule

FRACTION_WORDS = FractionWords(
    parts={
        2: ("un demi", "demis"),
        3: ("un tiers", "tiers"),
        4: ("un quart", "quarts"),
        5: ("un cinquième", "cinquièmes"),
        6: ("un sixième", "sixièmes"),
        7: ("un septième", "septièmes"),
        8: ("un huitième", "huitièmes"),
        9: ("un neuvième", "neuvièmes"),
        10: ("un dixième", "dixièmes"),
    },
    half_of={Gender.MASCULINE: "un demi", Gender.FEMININE: "une demi"},
    and_half={Gender.MASCULINE: "et demi", Gender.FEMININE: "et demie"},
    and_word="et",
    of="de",
    out_of="sur",
)


def cardinal(number: int, gender: Gender | None) -> str:
    """Return a number in words; with a gender, as before a noun of that gender."""
    words = str(num2words(number, lang="fr"))
    if gender and number and number % 10**6 == 0:
        return words + " de"
    return re.sub(r"\bun$", "une", words) if gender is Gender.FEMININE else words


def ordinal(number: int, gender: Gender) -> str:
    """Return an ordinal."""
    if number == 1:
        return "première" if gender is Gender.FEMININE else "premier"
    words = str(num2words(number, lang="fr", to="ordinal"))
    return re.sub(r"(vingt|cent)sième$", r"\1ième", words)


def _ordinal(match: re.Match[str]) -> str:
    if match["first"]:
        gender = Gender.MASCULINE if match["gender"].startswith("e") else Gender.FEMININE
        return ordinal(1, gender) + match["gender"][-1:].replace("e", "").replace("r", "")
    if match["second"]:
        words = "seconde" if "e" in match["second"] else "second"
        return words + "s" * match["second"].endswith("s")
    number = int(match["digits"]) if match["digits"] else roman_value(match["roman"])
    if number == 0:
        return match[0]
    return ordinal(number, Gender.FEMININE) + "s" * match["mark"].endswith("s")


ORDINALS = Rule(
    r"(?<![\w.,])(?:"
    rf"(?:(?P<digits>\d{{1,4}}) ?|(?P<roman>{ROMAN_NUMERAL}))(?P<mark>e|es|ᵉ|[èe]mes?|i[èe]mes?|è)"
    r"|(?P<first>[1I])(?P<gender>ers?|r?è?res?)"
    r"|(?:2|II)(?P<second>nde?s?|des?))(?!\w|')",
    _ordinal,
    "le 2e jour -> le deuxième jour",
    "la 3ème place -> la troisième place",
    "les XVIIe et XVIIIe siècles -> les dix-septième et dix-huitième siècles",
    "le 1er étage -> le premier étage",
    "les 1res fois -> les premières fois",
    "François Ier -> François premier",
    "la 2nde classe -> la seconde classe",
)
_AGREEMENT = agreement_rule(
    cardinal,
    noun_gender,
    NUMBERED,
    "21 pages -> vingt et une pages",
    "1 000 000 livres -> un million de livres",
)


def verbalize_ordinals(text: str) -> str:
    """Write out ordinals such as `2e` and `XIXe`, and make numbers agree with their nouns."""
    return _AGREEMENT.apply(ORDINALS.apply(text))
