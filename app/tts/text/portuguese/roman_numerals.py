"""Roman numerals in Brazilian Portuguese, told by their neighbours."""

from app.tts.text.conventions import Gender
from app.tts.text.portuguese.numbers import cardinal, ordinal
from app.tts.text.romance.roman_numerals import RomanWords, roman_numeral_rules


def _up_to_ten(number: int, gender: Gender) -> str:
    """Return an ordinal up to ten, and a cardinal from there on."""
    return ordinal(number, gender) if number <= 10 else cardinal(number, None)


_WORDS = RomanWords(
    centuries="séculos?",
    things="capítulos?|tomos?|volume|parte|ato|cena|título|fase|tipo|livro|grupo|anexo|artigo|"
    "seção|classe|nível|categoria|divisão|guerra mundial|concílio vaticano",
    rulers="Pedro|João Paulo|João|Luís|Carlos|Filipe|Felipe|Afonso|Fernando|Henrique|Manuel|Dinis|"
    "Sancho|José|Miguel|Sebastião|Duarte|Paulo|Pio|Leão|Bento|Gregório|Francisco|Clemente|"
    "Inocêncio|Alexandre|Napoleão|Jorge|Eduardo|Guilherme|Frederico|Ricardo|Jaime|Nicolau|Ivan|"
    "Leopoldo|Alberto|Juan Carlos|Charles|Ramsés|Ptolomeu|Dario|Urbano|Bonifácio",
    queens="Isabel|Maria|Cristina|Margarida|Vitória|Ana|Catarina|Beatriz|Joana|Leonor|Elizabeth",
    links="e|ao|a|ou",
    articles={
        "o": Gender.MASCULINE,
        "do": Gender.MASCULINE,
        "no": Gender.MASCULINE,
        "ao": Gender.MASCULINE,
        "a": Gender.FEMININE,
        "da": Gender.FEMININE,
        "na": Gender.FEMININE,
        "à": Gender.FEMININE,
    },
    followers={
        "Guerra Mundial": Gender.FEMININE,
        "edição": Gender.FEMININE,
        "Congresso": Gender.MASCULINE,
    },
    cardinal=lambda number: cardinal(number, None),
    century=lambda number: _up_to_ten(number, Gender.MASCULINE),
    ruler=_up_to_ten,
    ordinal=ordinal,
)
ROMAN_NUMERALS = roman_numeral_rules(_WORDS)
