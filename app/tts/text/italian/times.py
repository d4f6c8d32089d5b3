"""Times of day and dates in Italian."""

from app.tts.text.conventions import Gender
from app.tts.text.italian.numbers import cardinal
from app.tts.text.romance.times import CalendarNames, calendar_rules, date_words, short_date_rule

MONTHS = (
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
)
MONTH = "|".join(MONTHS)
CALENDAR = calendar_rules(
    CalendarNames(
        months={"sett": "settembre"} | {name[:3]: name for name in MONTHS},
        days={
            "lun": "lunedì",
            "mar": "martedì",
            "mer": "mercoledì",
            "gio": "giovedì",
            "ven": "venerdì",
            "sab": "sabato",
            "dom": "domenica",
        },
        also_nouns="set",
    )
)
DAYS = "lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|giorno|data"
"""Words before a date, as alternatives of a regular expression."""

TIMES = (
    # 15.30 is a time only after words that say so, and not where it is an amount.
    r"(?<![\d:.,])(?:(?=\d\d?:)|(?<=\bore )|(?<=\balle )|(?<=\bdalle )|(?<=\balle ore )"
    r"|(?:(?<=\ble )|(?<=\bdelle ))(?!\d\d?\.\d\d ?(?:[€$£%]|euro|doll|sterl|mil)))"
    r"(\d{1,2})[:.]([0-5]\d)(?:[:.](\d\d))?(?: ?h\b)?(?![\d:]|[.,]\d)"
)
"""A regular expression for times: 15:30, alle 15.30."""


def clock(hour: int, minute: int, second: int) -> str:
    """Return a time of day in words."""
    words = "mezzanotte" if hour == 24 else cardinal(hour, Gender.FEMININE)
    if hour == 0:
        words = "zero"
    if minute:
        words += " e " + cardinal(minute, None)
    if second:
        words += f" e {cardinal(second, Gender.MASCULINE)} second" + ("i" if second > 1 else "o")
    return words


date = date_words(MONTHS, "primo", cardinal)
SHORT_DATES = short_date_rule(DAYS, "il|del|al|dal", date)
