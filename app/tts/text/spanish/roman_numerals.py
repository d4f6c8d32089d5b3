"""What Roman numerals stand next to in Spanish."""

import re

from app.tts.text.conventions import Gender
from app.tts.text.romance.roman_numerals import RomanWords
from app.tts.text.spanish.numbers import cardinal, ordinal

_QUEENS = "Isabel|María|Cristina|Margarita|Victoria|Ana|Catalina|Beatriz|Juana|Petronila|Sofía"


def _ruler(number: int, name: str) -> str:
    gender = Gender.FEMININE if re.fullmatch(_QUEENS, name) else Gender.MASCULINE
    return ordinal(number, gender) if number <= 10 else cardinal(number, None)


ROMAN_WORDS = RomanWords(
    centuries="siglos?",
    things="capítulos?|tomos?|volumen|volúmenes|parte|acto|escena|título|fase|tipo|libro|grupo|"
    "guerra mundial|concilio vaticano|nivel|anexo|artículo|sección|clase|categoría|división",
    rulers="Carlos|Luis|Felipe|Alfonso|Fernando|Juan Carlos|Juan Pablo|Juan|Pedro|Enrique|Jaime|"
    "Sancho|Ramiro|Pablo|Pío|León|Benedicto|Gregorio|Francisco|Clemente|Inocencio|Alejandro|"
    "Napoleón|Jorge|Eduardo|Guillermo|Federico|Ricardo|Jacobo|Nicolás|Iván|Leopoldo|Balduino|"
    f"Amadeo|Manuel|Maximiliano|Agustín|Ramsés|Ptolomeo|Darío|Urbano|Bonifacio|{_QUEENS}",
    links="y|e|al|a|o",
    articles={
        "el": Gender.MASCULINE,
        "del": Gender.MASCULINE,
        "al": Gender.MASCULINE,
        "la": Gender.FEMININE,
    },
    followers={
        "aniversario": Gender.MASCULINE,
        "edición": Gender.FEMININE,
        "Congreso": Gender.MASCULINE,
        "Guerra Mundial": Gender.FEMININE,
    },
    cardinal=lambda number: cardinal(number, None),
    century=lambda number: (
        ordinal(number, Gender.MASCULINE) if number < 10 else cardinal(number, None)
    ),
    ruler=_ruler,
    ordinal=lambda number, gender: ordinal(number, gender, before_noun=True),
)
