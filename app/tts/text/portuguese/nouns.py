"""The gender of the nouns that Brazilian Portuguese numbers count."""

import re

from app.tts.text.conventions import Gender

_MASCULINE_IN_A = re.compile(
    r"(?:meio-)?dias?|mapas?|planetas?|poetas?|dálmatas?|atletas?|papas?|guias?|colegas?|pijamas?|"
    r"(?:quilo|mili)?gramas?|sofás?|chás?|cometas?|gorilas?|pilotas?|alertas?|"
    r"(?:problem|sistem|program|tem|idiom|clim|dilem|esquem|poem|panoram|diplom|lem|fantasm|dram|"
    r"sintom|axiom|traum|arom|carism|prism|enigm|telegram|diagram|teorem|cinem)as?"
    r"|(?:tur|art|tax|jornal|dent|motor|cicl|especial|econom|futebol|aná)istas?"
)
_FEMININE = re.compile(
    r".*(?:as|ções|sões|dades|tudes|gens|ãs|ães)"
    r"|(?:veze|voze|luze|cruze|raíze|noite|tarde|mulhere|parte|flore|chave|fase|frase|base|série|"
    r"rede|sede|torre|fonte|mente|gente|lei|core|classe|ponte|nave|corrente|semente|espécie|"
    r"superfície|carne|análise|crise|tese|dose|síntese|vezes|mãe|irmã|manhã|nuven|orden|imagen|"
    r"foto|moto|mão|tribo|colhere|dore|morte|sorte|leite condensado|estante|enchente|saudade|"
    r"cidade|live|postagen|fake new)s"
)
_MASCULINE_ENDS = re.compile(r"homens|jovens|gens|corações|pães|cães|capitães|alemães")
_NOT_NOUNS = re.compile(
    r"mais|menos|depois|antes|então|mas|após|apenas|os|as|nos|nas|dos|das|aos|às|meus|seus|suas|"
    r"minhas|eles|elas|todos|todas|uns|umas|outros|outras|foras|dois|três|seis|através|"
    r"atrás|jamais|aliás|quais|ambos|ambas|pelos|pelas|daqueles"
)
_NOT_AFTER_ONE = re.compile(
    r"ao?|até|cada|com|como|contra|da|das|de|desde|do|dos|durante|ela|ele|em|entre|era|essa|esse|"
    r"esta|este|está|estava|estão|fez|foi|há|igual|isso|já|lhe|mas|me|menos|mais|mil|na|nas|nem|"
    r"no|nos|não|num|numa|ou|para|pela|pelo|pois|por|porque|pra|pro|quando|que|quem|se|sem|ser|"
    r"será|seria|são|só|sobre|sob|também|tem|têm|tinha|tua|teu|um|uma|vai|vale|vem|vezes|vs|versus|"
    r"é|eu|você|vírgula|barra|hífen|arroba|graus?|dividido|maior|menor|janeiro|fevereiro|março|"
    r"abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro|sempre|nunca|agora|hoje|"
    r"ontem|aqui|ainda|depois|fica|ficou|falta|resta|sobra|basta|equivale|significa|diz|"
    r"custa|chega|ganha|vence"
)
_ONE_FEMININE = re.compile(
    r".*(?:a|ã|ção|são|stão|dade|tude|gem|triz)"
    r"|vez|colher|noite|mulher|tarde|parte|flor|chave|fase|frase|base|série|rede|sede|torre|fonte|"
    r"mente|gente|lei|cor|classe|ponte|nave|corrente|semente|espécie|superfície|carne|análise|"
    r"crise|tese|dose|síntese|mãe|nuvem|ordem|foto|moto|mão|tribo|voz|luz|cruz|raiz|paz|dor|morte|"
    r"sorte|estante|enchente|live|fé|maçã|opinião|reunião|união|região|religião|legião|rebelião|"
    r"televisão|mansão|live|selfie|hashtag|pele|neve|árvore|catedral|capital|vogal|sílaba|cútis"
)
_MASCULINE_EXCEPTIONS = re.compile(r"coração|pão|são|galã|ímã|fã|personagem|.*(?:blema|grama|tema)")
_ONE_MASCULINE_IN_S = re.compile(r"mês|país|ônibus|vírus|lápis|tênis|atlas|gás|inglês|português")


def noun_gender(word: str, number: int) -> Gender | None:
    """Return the gender of a noun in lower case after a number, or None if it is not a noun."""
    if number == 1:
        return _gender_of_one(word)
    if not word.endswith("s") or _NOT_NOUNS.fullmatch(word):
        return None
    is_masculine = _MASCULINE_IN_A.fullmatch(word) or _MASCULINE_ENDS.fullmatch(word)
    return Gender.FEMININE if _FEMININE.fullmatch(word) and not is_masculine else Gender.MASCULINE


def _gender_of_one(word: str) -> Gender | None:
    if len(word) < 3 or _NOT_AFTER_ONE.fullmatch(word):
        return None
    if word.endswith("s"):
        return Gender.MASCULINE if _ONE_MASCULINE_IN_S.fullmatch(word) else None
    if (
        _ONE_FEMININE.fullmatch(word)
        and not _MASCULINE_IN_A.fullmatch(word)
        and not _MASCULINE_EXCEPTIONS.fullmatch(word)
    ):
        return Gender.FEMININE
    return Gender.MASCULINE


NUMBERED = re.compile(
    r"capítulo|página|artigo|grupo|jogador|nível|parte|tipo|fase|número|passo|"
    r"opção|versão|tomo|volume|seção|linha|porta|sala|andar|fila|canal|zona|"
    r"unidade|tema|ponto|exercício|pergunta|classe|série|temporada|episódio|dia|"
    r"equipe|fórmula|categoria|modelo|figura|tabela|anexo|aula|rodada|etapa|estação|"
    r"terminal|quarto|mesa|caso|plano|bloco|módulo|nota|lei|divisão|liga|geração|"
    r"tamanho|câmera|lugar|o|a|do|da|no|na|ao|à|às|plataforma|voo|ônibus|trem|"
    r"ato|cena|imagem|foto|prova|teste|questão|problema|apartamento|fator|lote|"
    r"variante|vírgula"
)
"""Words after which a 1 is a name: o capítulo 1 trata de."""
