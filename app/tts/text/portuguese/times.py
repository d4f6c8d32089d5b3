"""Times of day and dates in Brazilian Portuguese."""

from app.tts.text.conventions import Gender
from app.tts.text.portuguese.numbers import cardinal
from app.tts.text.romance.times import CalendarNames, calendar_rules, date_words, short_date_rule

MONTHS = (
    "janeiro",
    "fevereiro",
    "março",
    "abril",
    "maio",
    "junho",
    "julho",
    "agosto",
    "setembro",
    "outubro",
    "novembro",
    "dezembro",
)
MONTH = "|".join(MONTHS)
CALENDAR = calendar_rules(
    CalendarNames(
        months={name[:3]: name for name in MONTHS},
        days={"seg": "segunda", "ter": "terça", "qua": "quarta", "qui": "quinta", "sex": "sexta"}
        | {"sáb": "sábado", "dom": "domingo"},
        of="de ",
        also_nouns="set",
    )
)
DAYS = (
    "segunda|terça|quarta|quinta|sexta|segunda-feira|terça-feira|quarta-feira|quinta-feira|"
    "sexta-feira|sábado|domingo|dia|data"
)
"""Words before a date, as alternatives of a regular expression."""

TIMES = (
    r"(?<![\d:.,])(\d{1,2})(?: ?h ?|:)([0-5]\d)(?! min)(?:(?:min|m)\b)?(?::(\d\d))?"
    r"(?: ?(?:h(?:rs?|s)?|horas)\b)?(?![\d:]|[.,]\d)"
)
"""A regular expression for times: 15:30, 15h30min or 15 h 30."""


def clock(hour: int, minute: int, second: int) -> str:
    """Return a time of day in words."""
    words = cardinal(hour, Gender.FEMININE)
    if minute == 30 and 0 < hour < 12:
        words += " e meia"
    elif minute:
        words += f"{'' if hour else ' hora'} e {cardinal(minute, None)}"
    else:
        words += " hora" + "s" * (hour > 1)
    if second:
        words += f" e {cardinal(second, Gender.MASCULINE)} segundo" + "s" * (second > 1)
    return words


date = date_words(MONTHS, "primeiro", cardinal, of="de ")
SHORT_DATES = short_date_rule(DAYS, "o|do|no|ao|em", date)
