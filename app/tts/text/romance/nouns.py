"""Agreement of numbers with the nouns that they count."""

import re
from collections.abc import Callable

from app.tts.text.conventions import Gender
from app.tts.text.rules import Rule

_COUNTED = re.compile(
    r"(?<![\w.,:/-])(\d{1,3}(?:[. ]\d{3}){1,4}|\d{1,15})"
    r"(?= (?:mil )?(?P<link>(?:a|o|u|y|e|ou|à|et) \d[\d.]{0,20} )?"
    # The words for the full stop of a version or an address are not nouns.
    r"(?P<noun>(?!(?:punto|ponto|point) (?:\d|com\b))[^\W\d_]{2,}))"
)
_WORD_BEFORE = re.compile(r"(?<!\w)([^\W\d_]{1,25})\.? $")


def is_name(one: re.Match[str], numbered: re.Pattern[str]) -> bool:
    """Return whether the word before a 1 shows that it is a name: chapter 1, Formula 1."""
    before = _WORD_BEFORE.search(one.string, max(0, one.start() - 30), one.start())
    if not before:
        return False
    preceding = one.string[max(0, before.start() - 4) : before.start()].rstrip(" (\"'¿¡")
    is_first = not preceding or preceding[-1] in ".!?:;"
    is_numbered = numbered.fullmatch(before[1].lower()) is not None
    return is_numbered or (before[1][0].isupper() and not is_first)


def agreement_rule(
    cardinal: Callable[[int, Gender | None], str],
    noun_gender: Callable[[str, int], Gender | None],
    numbered: re.Pattern[str],
    *examples: str,
) -> Rule:
    """Return a rule that writes out whole numbers in the gender of the noun right after them.

    A number before a word of unknown gender stays, and so does a 1 that is a name rather than an
    amount: after the words that `numbered` matches (in lower case), as in chapter 1.
    """

    def say(match: re.Match[str]) -> str:
        number = int(re.sub(r"[. ]", "", match[1]))
        # A number of millions is followed by "of", and so not by another number.
        is_unknown = match[1][0] == "0" or (match["link"] and number % 10**6 == 0)
        noun = match["noun"]
        if number == 1 and match["link"]:
            # The noun agrees with the greater number: una o dos personas, but uno o dos días.
            is_feminine = noun_gender(noun.lower(), 2) is Gender.FEMININE
            return cardinal(number, Gender.FEMININE) if is_feminine else match[0]
        if number == 1:
            is_unknown = is_unknown or not noun.islower() or is_name(match, numbered)
        gender = None if is_unknown else noun_gender(noun.lower(), number)
        return cardinal(number, gender) if gender else match[0]

    return Rule(_COUNTED, say, *examples)
