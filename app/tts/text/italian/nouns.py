"""The gender of the nouns that Italian numbers count."""

import re

from app.tts.text.conventions import Gender

_FEMININE = re.compile(
    r".*(?:a|zione|sione|gione|tione|tà|tù|trice)"
    r"|notte|parte|rete|mano|foto|moto|radio|auto|specie|serie|capitale|chiave|classe|gente|mente|"
    r"carne|legge|voce|luce|croce|pace|sede|torre|nave|neve|frase|fase|base|arte|madre|moglie|"
    r"chiave|fonte|morte|fine|stazione|lezione|opinione|unione|canzone|ragione|regione|stagione|"
    r"crisi|analisi|tesi|ipotesi|sintesi|oasi|diagnosi|bici|app|mail|email|chat|password|star|"
    r"card|news|mansarda|estate|cenere|febbre|tosse|pelle|valle|stirpe|prole|salute|sorte|siepe|"
    r"immagine|origine|indagine|pagine|squadre|polvere|torre|volpe|tigre|eco|biro|metro cubo|lampo"
)
_MASCULINE = re.compile(
    r".*(?:gramma|blema|stema|tema|clima|dramma|diploma|panorama|ista|enigma|dogma|fantasma|"
    r"poeta|pianeta|cinema|pigiama|pilota|atleta|collega|schema|poema|aroma|coma|carisma|prisma|"
    r"sisma|delta|koala|gorilla|sofà|papà|baccalà|geometra|autista)|papa|boa|vaglia|menù|tabù|ragù"
)
_NOT_NOUNS = re.compile(
    r"che|per|con|nel|dal|del|sul|alle|dalle|nelle|delle|sulle|prime|oltre|di|alla?|allo|agli|"
    r"anche|ancora|ad?|da|dalla|dello|della|degli|dei|ed?|era|essere|è|fino|fra|già|ha|hanno|il|"
    r"in|invece|la|le|lo|ma|mentre|mi|mila|ne|nella|nello|non|né|o|ogni|ora|oppure|però|perché|più|"
    r"poi|quando|quanto|quello|quella|questo|questa|quindi|se|sei|si|sia|solo|sono|sotto|sopra|su|"
    r"sulla|sullo|te|ti|tra|tu|un|una|uno|va|vi|viene|volte|vs|contro|meno|diviso|uguale|maggiore|"
    r"minore|virgola|barra|trattino|chiocciola|gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|"
    r"agosto|settembre|ottobre|novembre|dicembre|sec|sempre|mai|adesso|oggi|ieri|"
    r"qui|dopo|prima|rimane|resta|manca|basta|equivale|significa|dice|costa|arriva|vince"
)
_HALVED_FEMININE = re.compile(r"ore|settimane|tazze|pagine|giornate|libbre|once|bottiglie")
_HALVED_MASCULINE = re.compile(
    r"giorni|anni|mesi|minuti|secondi|chili|litri|metri|chilometri|punti|bicchieri|cucchiai|"
    r"cucchiaini|etti|milioni|miliardi|secoli|passi"
)
_PLURAL = re.compile(r".*[^ie]i|.*(?:chi|ghi)|ore|dita|uova|paia")
_UNO_BEFORE = re.compile(r"s[^aeiouàèéìòù]|z|gn|ps|pn|x|y|i[aeiou]")


def noun_gender(word: str, number: int) -> Gender | None:
    """Return the gender of a noun in lower case after a number, or None if unknown."""
    if number == 1:
        return _gender_of_one(word)
    if _HALVED_FEMININE.fullmatch(word):
        return Gender.FEMININE
    if _HALVED_MASCULINE.fullmatch(word):
        return Gender.MASCULINE
    is_counted = number % 10**6 == 0 and word.endswith(("i", "e", "a", "euro"))
    return Gender.MASCULINE if is_counted and not _NOT_NOUNS.fullmatch(word) else None


def _gender_of_one(word: str) -> Gender | None:
    if word == "ora":
        return Gender.FEMININE
    if len(word) < 3 or _NOT_NOUNS.fullmatch(word):
        return None
    if _FEMININE.fullmatch(word) and not _MASCULINE.fullmatch(word):
        return Gender.FEMININE
    return None if _PLURAL.fullmatch(word) else Gender.MASCULINE


def article(noun: str, gender: Gender) -> str:
    """Return the article that a 1 becomes before a noun, with its space: `un `, `uno `, `un'`."""
    if gender is Gender.MASCULINE:
        return "uno " if _UNO_BEFORE.match(noun) else "un "
    return "un'" if re.match(r"[aeouàèéìòù]|i[^aeiou]", noun) else "una "


NUMBERED = re.compile(
    r"capitolo|pagina|articolo|gruppo|giocatore|livello|parte|tipo|fase|numero|"
    r"passo|passaggio|opzione|versione|tomo|volume|sezione|linea|riga|porta|sala|"
    r"piano|fila|canale|zona|unità|tema|punto|esercizio|domanda|classe|serie|"
    r"stagione|episodio|giorno|squadra|formula|categoria|modello|figura|tabella|"
    r"allegato|lezione|giornata|tappa|stazione|terminal|camera|tavolo|caso|blocco|"
    r"modulo|nota|legge|comma|divisione|lega|generazione|taglia|posto|il|la|lo|"
    r"dal|del|al|dalla|alla|della|nel|sul|binario|volo|autobus|treno|atto|scena|"
    r"immagine|foto|prova|test|problema|appartamento|fattore|lotto|variante|virgola|"
    r"interno|scala"
)
"""Words after which a 1 is a name: il capitolo 1 parla di."""
