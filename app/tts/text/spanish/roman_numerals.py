"""Roman numerals in Spanish, told by their neighbours."""

from app.tts.text.conventions import Gender
from app.tts.text.romance.roman_numerals import RomanWords, roman_numeral_rules
from app.tts.text.spanish.numbers import cardinal, ordinal

_WORDS = RomanWords(
    centuries="siglos?",
    things="capítulos?|tomos?|volumen|volúmenes|parte|acto|escena|título|fase|tipo|libro|grupo|"
    "guerra mundial|concilio vaticano|nivel|anexo|artículo|sección|clase|categoría|división",
    rulers="Carlos|Luis|Felipe|Alfonso|Fernando|Juan Carlos|Juan Pablo|Juan|Pedro|Enrique|Jaime|"
    "Sancho|Ramiro|Pablo|Pío|León|Benedicto|Gregorio|Francisco|Clemente|Inocencio|Alejandro|"
    "Napoleón|Jorge|Eduardo|Guillermo|Federico|Ricardo|Jacobo|Nicolás|Iván|Leopoldo|Balduino|"
    "Amadeo|Manuel|Maximiliano|Agustín|Ramsés|Ptolomeo|Darío|Urbano|Bonifacio",
    queens="Isabel|María|Cristina|Margarita|Victoria|Ana|Catalina|Beatriz|Juana|Petronila|Sofía",
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
    ruler=lambda number, gender: (
        ordinal(number, gender) if number <= 10 else cardinal(number, None)
    ),
    ordinal=lambda number, gender: ordinal(number, gender, before_noun=True),
)
ROMAN_NUMERALS = roman_numeral_rules(_WORDS)
