"""Times of day and dates in French."""

from app.tts.text.conventions import Gender
from app.tts.text.french.numbers import cardinal
from app.tts.text.romance.times import CalendarNames, calendar_rules, date_words, short_date_rule

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
MONTH = "|".join(MONTHS)
CALENDAR = calendar_rules(
    CalendarNames(
        months={
            "janv": "janvier",
            "jan": "janvier",
            "févr": "février",
            "fév": "février",
            "fevr": "février",
            "avr": "avril",
            "juil": "juillet",
            "sept": "septembre",
            "oct": "octobre",
            "nov": "novembre",
            "déc": "décembre",
            "dec": "décembre",
        },
        days={
            "lun": "lundi",
            "mar": "mardi",
            "mer": "mercredi",
            "jeu": "jeudi",
            "ven": "vendredi",
            "sam": "samedi",
            "dim": "dimanche",
        },
    )
)
DAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
"""Words before a date, as alternatives of a regular expression."""

TIMES = (
    r"(?<![\d:.,])(\d{1,2})(?: ?[hH] ?|:)([0-5]\d)(?: ?(?:m|min|mn)\b)?(?::(\d\d))?"
    r"(?: ?h(?:eures)?\b)?(?![\d:]|[.,]\d)"
)
"""A regular expression for times: 15:30, 15h30 or 15 h 30 min."""


def clock(hour: int, minute: int, second: int) -> str:
    """Return a time of day in words."""
    words = f"{cardinal(hour, Gender.FEMININE)} heure" + "s" * (hour > 1)
    if minute:
        words += " " + cardinal(minute, Gender.FEMININE if second else None)
    if second:
        words += f" minute{'s' * (minute > 1)}" if minute else ""
        words += f" et {cardinal(second, Gender.FEMININE)} seconde" + "s" * (second > 1)
    return words


date = date_words(MONTHS, "premier", cardinal)
SHORT_DATES = short_date_rule(DAYS, "le|du|au", date)
