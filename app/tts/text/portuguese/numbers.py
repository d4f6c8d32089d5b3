"""Brazilian Portuguese numbers: cardinals, ordinals, and the gender of the nouns they count."""

import re

from num2words import num2words

from app.tts.text.conventions import Gender
from app.tts.text.romance import notations
from app.tts.text.romance.fractions import FractionWords

_MASCULINE_IN_A = re.compile(
    r"(?:meio-)?dias?|mapas?|planetas?|poetas?|dálmatas?|atletas?|papas?|guias?|colegas?|pijamas?|(?:quilo|mili)?gramas?"
    r"|(?:problem|sistem|program|tem|idiom|clim|dilem|esquem|poem|panoram|diplom|lem|fantasm|dram|"
    r"sintom|axiom|traum|arom|carism|prism|enigm|telegram|diagram|teorem|cinem)as?"
    r"|(?:tur|art|tax|jornal|dent|motor|cicl|especial|econom)istas?"
)
_FEMININE = re.compile(
    r".*(?:as|ções|sões|dades|tudes|gens|ãs|ães)"
    r"|(?:veze|voze|luze|cruze|raíze|noite|tarde|mulhere|parte|flore|chave|fase|frase|base|série|"
    r"rede|sede|torre|fonte|mente|gente|lei|core|classe|ponte|nave|corrente|semente|espécie|"
    r"superfície|carne|análise|crise|tese|dose|síntese|vezes|mãe|irmã|manhã|nuven|orden|imagen)s"
)
_MASCULINE_ENDS = re.compile(r"homens|jovens|gens|corações|pães|cães|capitães|alemães")
_NOT_NOUNS = re.compile(
    r"mais|menos|depois|antes|então|mas|após|apenas|os|as|nos|nas|dos|das|aos|às|meus|seus|suas|"
    r"minhas|eles|elas|todos|todas|uns|umas|outros|outras|foras|dois|três|seis|através|"
    r"atrás|jamais|aliás|quais|ambos|ambas|pelos|pelas|daqueles"
)
_ONE_FEMININE = re.compile(
    r"hora|pessoa|semana|vez|página|libra|xícara|colher|noite|garrafa|casa|unidade|dúzia|peça|taça|"
    r"coisa|milha|tonelada|fatia|pitada|lata|vaga|mulher|menina|cadeira|mesa|porta|cama|cápsula|"
    r"maçã|laranja|cerveja|caixa|bolsa|entrada|rodada|vitória|derrota|questão|pergunta|resposta|"
    r"mensagem|foto|carta|moeda|onça|caloria|gota|folha|linha|palavra|letra|estrela|loja|conta"
)
_ONE_MASCULINE = re.compile(
    r"dia|ano|mês|minuto|segundo|século|quilo|litro|metro|quilômetro|grama|livro|euro|dólar|real|"
    r"peso|ponto|gol|passo|filho|homem|menino|copo|ovo|dente|grau|andar|quarto|carro|cachorro|gato|"
    r"amigo|centavo|milhão|bilhão|arquivo|erro|voto|pixel|byte|bit|item|jogo|lugar|pedaço|por"
)

FRACTION_WORDS = FractionWords(
    parts={
        2: ("meio", "meios"),
        3: ("um terço", "terços"),
        4: ("um quarto", "quartos"),
        5: ("um quinto", "quintos"),
        6: ("um sexto", "sextos"),
        7: ("um sétimo", "sétimos"),
        8: ("um oitavo", "oitavos"),
        9: ("um nono", "nonos"),
        10: ("um décimo", "décimos"),
    },
    half_of={Gender.MASCULINE: "meio", Gender.FEMININE: "meia"},
    and_half={Gender.MASCULINE: "e meio", Gender.FEMININE: "e meia"},
    and_word="e",
    of="de",
    out_of="de",
    parts_beyond="avos",
)


def cardinal(number: int, gender: Gender | None) -> str:
    """Return the words of a number; with a gender, as before a noun of it."""
    words = str(num2words(number, lang="pt_BR")).replace(",", "")
    if gender and number and number % 10**6 == 0:
        return words + " de"
    if gender is not Gender.FEMININE:
        return words
    start = words.rfind("lhões ") if "lhões " in words else words.rfind("lhão ")
    head, rest = (words[:start], words[start:]) if start >= 0 else ("", words)
    rest = rest.replace("entos", "entas")
    return head + re.sub(r"\bdois\b", "duas", re.sub(r"\bum\b", "uma", rest))


def ordinal(number: int, gender: Gender) -> str:
    """Return an ordinal; a cardinal for zero and from 1000 on."""
    if not 0 < number < 1000:
        return cardinal(number, gender)
    words = str(num2words(number, lang="pt_BR", to="ordinal"))
    return re.sub(r"o\b", "a", words) if gender is Gender.FEMININE else words


def noun_gender(word: str, number: int) -> Gender | None:
    """Return the gender of a noun in lower case after a number, or None where it is none."""
    if number == 1:
        if _ONE_FEMININE.fullmatch(word):
            return Gender.FEMININE
        return Gender.MASCULINE if _ONE_MASCULINE.fullmatch(word) else None
    if not word.endswith("s") or _NOT_NOUNS.fullmatch(word):
        return None
    is_masculine = _MASCULINE_IN_A.fullmatch(word) or _MASCULINE_ENDS.fullmatch(word)
    return Gender.FEMININE if _FEMININE.fullmatch(word) and not is_masculine else Gender.MASCULINE


_ORDINAL = re.compile(r"(?<![\w.,])(\d{1,3})(?:\.? ?([ºª])s?|([oa]s?)(?=\s|$|[.,;:)]))")


def read_ordinals(text: str) -> str:
    """Write out ordinals such as `3º`, and make numbers agree with their nouns."""

    def say(match: re.Match[str]) -> str:
        mark = match[2] or match[3]
        gender = Gender.FEMININE if mark[0] in "ªa" else Gender.MASCULINE
        return ordinal(int(match[1]), gender) + mark[1:]

    return notations.agree(_ORDINAL.sub(say, text), cardinal, noun_gender)


def phone_group(digits: str) -> str:
    """Say a group of the digits of a telephone number, six as the half of a dozen."""
    return " ".join("meia" if d == "6" else cardinal(int(d), None) for d in digits)
