"""The gender of the nouns that Spanish numbers count."""

import re

from app.tts.text.conventions import Gender

_MASCULINE_IN_A = re.compile(
    r"(?:medio)?días?|tranvías?|mapas?|planetas?|poetas?|papas?|guardias?|kilogramas?|sofás?|"
    r"gorilas?|cometas?|.*(?:grama|blema|tema|idioma|clima|dilema|esquema|poema|panorama|diploma|"
    r"lema|fantasma|drama|síntoma|axioma|trauma|aroma|carisma|prisma|cisma|enigma|turista|artista|"
    r"taxista|dálmata|atleta|colega|policía|periodista|futbolista|cómplice)s?"
)
_FEMININE = re.compile(
    r".*(?:as|ciones|siones|iones|dades|tades|tudes|umbres)"
    r"|(?:vece|voce|luce|cruce|raíce|noche|tarde|mujere|clase|parte|calle|flore|llave|fase|frase"
    r"|base|serie|imágene|órdene|clave|nave|nube|rede|sede|torre|madre|leye|crisi|fuente|mente"
    r"|torre|especie|superficie|carne|tese|dosi|tesi|foto|moto|mano|radio|muerte|serpiente|señale"
    r"|cárcele|app|web|postale|narice|costumbre|hambruna|gente)s"
)
_MASCULINE_IN_IONES = re.compile(r"(?:av|cam|gu|pe|escorp|esp|campe)iones")
_NOT_NOUNS = re.compile(
    r"más|menos|después|antes|entonces|tras|apenas|los|las|les|nos|os|es|eres|dos|tres|seis|mis|"
    r"tus|sus|ellos|ellas|nosotros|nosotras|vosotros|aunque|mientras|quizás|jamás|además|atrás|"
    r"unos|unas|son|detrás|es|lunes|martes|miércoles|jueves|viernes|contras|otras|otros"
)
_NOT_AFTER_ONE = re.compile(
    r"al?|ante|bajo|cada|como|con|contra|cual|cuando|de|del|desde|donde|durante|él|el|ella|en|"
    r"entre|era|es|ese|esa|eso|esta|este|esto|está|estaba|están|fue|ha|había|hace|han|hasta|hay|"
    r"igual|la|le|lo|los|las|me|mi|mil|ni|no|o|para|pero|por|porque|pues|que|qué|quien|se|será|"
    r"sería|según|si|sí|sin|sino|sobre|solo|sólo|son|su|tal|también|tampoco|te|tiene|tu|tú|un|una|"
    r"uno|va|van|vale|viene|vs|ya|yo|y|más|menos|tras|coma|barra|guion|arroba|grados?|dividido|"
    r"mayor|menor|veces|xel|mm|cm|km|kg|enero|febrero|marzo|abril|mayo|junio|julio|agosto|"
    r"septiembre|setiembre|octubre|noviembre|diciembre|siempre|nunca|ahora|hoy|ayer|aquí|allí|todavía|"
    r"luego|queda|falta|sobra|basta|equivale|significa|dice|cuesta|llega|gana"
)
_ONE_FEMININE = re.compile(
    r".*(?:a|ción|sión|gión|xión|nión|dad|tad|tud|umbre|triz|sis)"
    r"|vez|noche|mujer|tarde|clase|parte|calle|llave|fase|frase|base|serie|imagen|clave|nave|nube|"
    r"red|sede|torre|madre|ley|flor|sal|miel|piel|cárcel|señal|postal|catedral|voz|luz|cruz|raíz|"
    r"nariz|paz|fuente|mente|gente|muerte|suerte|corriente|carne|leche|nieve|sangre|especie|"
    r"superficie|serpiente|foto|moto|mano|radio|app|web|pyme|nuez|perdiz|sed|fe|sartén|orden|tos|"
    r"hamburguesa|habitación|opción|coliflor|legumbre|posdata|col|tableta|selfi|diócesis|sien"
)
_ONE_MASCULINE_IN_SIS = re.compile(r"análisis|oasis|éxtasis|énfasis|paréntesis|chasis|apocalipsis")
# Feminine, but with the article of masculine nouns: un agua.
_ONE_STRESSED_A = re.compile(r"agua|águila|alma|arma|aula|hada|hacha|arpa|ancla|ala|área|haba|asa")
_ONE_MASCULINE_IN_S = re.compile(
    r"mes|país|autobús|bus|virus|tenis|paraguas|gas|as|interés|inglés|francés|cumpleaños|campus|"
    r"bonus|lunes|jueves|anís|compás|abrelatas|sacacorchos|bolis"
)


def noun_gender(word: str, number: int) -> Gender | None:
    """Return the gender of a noun in lower case after a number, or None if it is not a noun."""
    if number == 1:
        return _gender_of_one(word)
    if word == "por":  # 21 por ciento
        return Gender.MASCULINE if number % 10**6 else None
    if not word.endswith("s") or _NOT_NOUNS.fullmatch(word):
        return None
    is_masculine = _MASCULINE_IN_A.fullmatch(word.removesuffix("s"))
    if _FEMININE.fullmatch(word) and not (is_masculine or _MASCULINE_IN_IONES.fullmatch(word)):
        return Gender.FEMININE
    return Gender.MASCULINE


def _gender_of_one(word: str) -> Gender | None:
    if len(word) < 3 or _NOT_AFTER_ONE.fullmatch(word):
        return None
    if word.endswith("s") and not word.endswith("sis"):
        return Gender.MASCULINE if _ONE_MASCULINE_IN_S.fullmatch(word) else None
    if (
        _ONE_FEMININE.fullmatch(word)
        and not _MASCULINE_IN_A.fullmatch(word)
        and not _ONE_MASCULINE_IN_SIS.fullmatch(word)
        and not _ONE_STRESSED_A.fullmatch(word)
    ):
        return Gender.FEMININE
    return Gender.MASCULINE


NUMBERED = re.compile(
    r"capítulo|página|artículo|grupo|jugador|nivel|parte|tipo|fase|número|paso|"
    r"opción|versión|tomo|volumen|sección|línea|puerta|sala|piso|fila|canal|zona|"
    r"unidad|tema|punto|ejercicio|pregunta|clase|serie|temporada|episodio|día|"
    r"equipo|fórmula|categoría|modelo|figura|tabla|anexo|lección|jornada|ronda|"
    r"etapa|estación|terminal|planta|carril|habitación|mesa|caso|plan|bloque|módulo|"
    r"nota|ley|apartado|división|liga|generación|talla|cámara|lugar|puesto|el|la|"
    r"las|del|al|los|pista|vuelo|autobús|bus|tren|andén|escena|acto|imagen|foto|"
    r"prueba|test|pág|cap|vol|fig|núm|playa|problema|apartamento|hora|sector|"
    r"factor|turno|lote|variante|coma"
)
"""Words after which a 1 is a name: el capítulo 1 trata de; a la 1 salgo."""
