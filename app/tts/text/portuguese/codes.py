"""Brazilian telephone numbers, postal codes and numbers of taxpayers in words."""

from app.tts.text.portuguese.numbers import cardinal
from app.tts.text.romance.codes import phone_rule


def phone_group(digits: str) -> str:
    """Return a group of a telephone number in words, with `meia` (half a dozen) for six.

    Two digits are the code of an area or a country, and said as a number.
    """
    if len(digits) == 2 and digits[0] != "0":
        return cardinal(int(digits), None)
    return " ".join("meia" if d == "6" else cardinal(int(d), None) for d in digits)


PHONES = phone_rule(
    r"(?<![\w.,+-])(?<![\d)] )(?!20\d\d-20)(?:\d\d )?"
    r"(?:9 ?\d{4}-\d{4}|[2-5]\d{3}-\d{4})(?![\d-]|[.,]\d)"
    r"|(?<![\w.,+-])0[38]00[ -]\d{3}[ -]\d{3,4}(?![\d-])"
    r"|(?<![\w.,+-])(?:\d{3}\.\d{3}\.\d{3}-\d\d|\d\d\.\d{3}\.\d{3}/\d{4}-\d\d|\d{5}-\d{3})(?![\d-])",
    phone_group,
    "11 98765-4321 -> onze, nove oito sete meia cinco, quatro três dois um",
    "tel. 3456-7890 -> tel. três quatro cinco meia, sete oito nove zero",
    "0800 123 4567 -> zero oito zero zero, um dois três, quatro cinco meia sete",
    "CPF 123.456.789-09 -> CPF um dois três, quatro cinco meia, sete oito nove, zero nove",
    "CNPJ 12.345.678/0001-95 -> CNPJ doze, três quatro cinco, meia sete oito, zero zero zero um, "
    "noventa e cinco",
    "CEP 01310-100 -> CEP zero um três um zero, um zero zero",
)
