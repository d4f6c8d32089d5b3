"""Roman numerals in Italian, told by their neighbours."""

from app.tts.text.conventions import Gender
from app.tts.text.italian.numbers import cardinal, ordinal
from app.tts.text.romance.roman_numerals import RomanWords, roman_numeral_rules

_WORDS = RomanWords(
    centuries="secolo|secoli",
    things="capitolo|tomo|volume|parte|atto|scena|titolo|fase|tipo|libro|gruppo|allegato|articolo|"
    "sezione|classe|livello|categoria|divisione|guerra mondiale",
    rulers="Luigi|Carlo|Enrico|Francesco|Filippo|Napoleone|Giovanni Paolo|Giovanni|Paolo|Pio|Leone|"
    "Benedetto|Gregorio|Clemente|Innocenzo|Alessandro|Edoardo|Giorgio|Guglielmo|Federico|Riccardo|"
    "Giacomo|Nicola|Ivan|Pietro|Leopoldo|Alberto|Umberto|Vittorio Emanuele|Amedeo|Ferdinando|"
    "Massimiliano|Ramses|Tolomeo|Dario|Urbano|Bonifacio|Sisto|Celestino|Eugenio|Martino|Callisto|"
    "Niccolò|Giulio|Cosimo|Lorenzo|Roberto|Felipe|Juan Carlos|Alfonso",
    queens="Elisabetta|Maria|Vittoria|Caterina|Isabella|Margherita|Cristina|Anna|Giovanna|"
    "Cleopatra",
    links="e|al|o|ed",
    articles={
        "il": Gender.MASCULINE,
        "del": Gender.MASCULINE,
        "al": Gender.MASCULINE,
        "dal": Gender.MASCULINE,
        "nel": Gender.MASCULINE,
        "sul": Gender.MASCULINE,
        "la": Gender.FEMININE,
        "della": Gender.FEMININE,
        "alla": Gender.FEMININE,
        "dalla": Gender.FEMININE,
        "nella": Gender.FEMININE,
    },
    followers={
        "secolo": Gender.MASCULINE,
        "secoli": Gender.MASCULINE,
        "edizione": Gender.FEMININE,
        "guerra mondiale": Gender.FEMININE,
        "Guerra Mondiale": Gender.FEMININE,
    },
    cardinal=lambda number: cardinal(number, None),
    century=lambda number: ordinal(number, Gender.MASCULINE),
    ruler=ordinal,
    ordinal=ordinal,
)
ROMAN_NUMERALS = roman_numeral_rules(_WORDS)
