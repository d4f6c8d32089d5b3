"""Italian numbers in words: cardinals, ordinals, and the gender of the nouns that they count."""

import re

from num2words import num2words

from app.tts.text.conventions import Gender
from app.tts.text.romance import notations
from app.tts.text.romance.fractions import FractionWords

# Only 1 agrees with its noun.
_FEMININE = re.compile(
    r"ora|persona|settimana|volta|pagina|sterlina|libbra|tazza|notte|bottiglia|casa|donna|bambina|"
    r"ragazza|figlia|camera|stanza|fetta|tonnellata|dozzina|ventina|oncia|caloria|cosa|parte|"
    r"mela|uova|birra|pizza|unità|città|giornata|serata|foto|mano|lettera|parola|riga|linea|macchina"
    r"|vittoria|sconfitta|rete|goccia|bustina|capsula|compressa|moneta|stella|cucchiaiata|strada"
    r"|porta|finestra|scuola|squadra|domanda|risposta|idea|nota|regola|legge|specie|lingua|mucca"
    r"|manciata|presa|confezione|porzione|lezione|stagione|edizione|versione"
)
_MASCULINE = re.compile(
    r"euro|dollaro|giorno|anno|mese|minuto|secondo|secolo|chilo|litro|metro|chilometro|grammo|libro|"
    r"punto|gol|passo|figlio|uomo|bambino|ragazzo|bicchiere|cucchiaio|cucchiaino|uovo|grado|piano|"
    r"etto|posto|voto|seggio|centesimo|milione|miliardo|messaggio|errore|cane|gatto|amico|pollice"
)
_HALVED_FEMININE = re.compile(r"ore|settimane|tazze|pagine|giornate|libbre|once|bottiglie")
_HALVED_MASCULINE = re.compile(
    r"giorni|anni|mesi|minuti|secondi|chili|litri|metri|chilometri|punti|bicchieri|cucchiai|"
    r"cucchiaini|etti|milioni|miliardi|secoli|passi"
)
_NOT_NOUNS = re.compile(r"che|per|con|nel|dal|del|sul|alle|dalle|nelle|delle|sulle|prime|oltre|di")

FRACTION_WORDS = FractionWords(
    parts={
        2: ("un mezzo", "mezzi"),
        3: ("un terzo", "terzi"),
        4: ("un quarto", "quarti"),
        5: ("un quinto", "quinti"),
        6: ("un sesto", "sesti"),
        7: ("un settimo", "settimi"),
        8: ("un ottavo", "ottavi"),
        9: ("un nono", "noni"),
        10: ("un decimo", "decimi"),
    },
    half_of={Gender.MASCULINE: "mezzo", Gender.FEMININE: "mezza"},
    and_half={Gender.MASCULINE: "e mezzo", Gender.FEMININE: "e mezza"},
    and_word="e",
    of="di",
    out_of="su",
)


def cardinal(number: int, gender: Gender | None) -> str:
    """Return the words of a number; with a gender, as before a noun of it."""
    if number == 1 and gender:
        return "una" if gender is Gender.FEMININE else "un"
    words = str(num2words(number, lang="it")).replace(",", "")
    if gender and number and number % 10**6 == 0:
        return words + " di"
    # A word of more than 32 letters would be broken anywhere.
    return re.sub(r"(?<=mila)(?=\w{18})", " ", words)


def ordinal(number: int, gender: Gender) -> str:
    """Return an ordinal; a cardinal for zero."""
    if number == 0:
        return cardinal(number, gender)
    words = str(num2words(number, lang="it", to="ordinal"))
    return re.sub(r"o$", "a", words) if gender is Gender.FEMININE else words


def noun_gender(word: str, number: int) -> Gender | None:
    """Return the gender of a noun in lower case after a number, or None where it is unknown."""
    feminine, masculine = (
        (_FEMININE, _MASCULINE) if number == 1 else (_HALVED_FEMININE, _HALVED_MASCULINE)
    )
    if feminine.fullmatch(word):
        return Gender.FEMININE
    if masculine.fullmatch(word):
        return Gender.MASCULINE
    is_counted = number % 10**6 == 0 and word.endswith(("i", "e", "a", "euro"))
    return Gender.MASCULINE if is_counted and not _NOT_NOUNS.fullmatch(word) else None


_ORDINAL = re.compile(r"(?<![\w.,])(\d{1,4})(?:\.? ?([ºª])|([oa])(?=\s|$|[,;:)]))")


def read_ordinals(text: str) -> str:
    """Write out ordinals such as `3º`, and make numbers agree with their nouns."""

    def say(match: re.Match[str]) -> str:
        gender = Gender.FEMININE if (match[2] or match[3]) in "ªa" else Gender.MASCULINE
        return ordinal(int(match[1]), gender)

    return notations.agree(_ORDINAL.sub(say, text), cardinal, noun_gender)


def phone_group(digits: str) -> str:
    """Say a group of the digits of a telephone number."""
    return " ".join(cardinal(int(digit), None) for digit in digits)
