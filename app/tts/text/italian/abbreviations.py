"""Italian abbreviations in words."""

from app.tts.text.italian.times import MONTH
from app.tts.text.romance.abbreviations import (
    before_number,
    before_numeral,
    christian_era,
    minimum,
    sign_rules,
)
from app.tts.text.rules import Rule

FIRST_RULES = (Rule(r"\b[Pp]\. ?[Ee]s\.", "per esempio", "P.es. questo -> per esempio questo"),)
"""Abbreviations that would be taken for addresses."""

RULES = (
    Rule(
        r"(?i)\bn(?:\.[ºo°]?|[º°]|r\.) ?(?=\d)",
        "numero ",
        "il n. 5 -> il numero 5",
        "il n.º 5 -> il numero 5",
        "il n° 5 -> il numero 5",
        "nr. 5 -> numero 5",
    ),
    *before_number(
        {
            "pag": "pagina",
            "pagg": "pagine",
            "pp": "pagine",
            "ppag": "pagine",
            "art": "articolo",
            "fig": "figura",
        }
    ),
    Rule(r"\bp\. ?(?=\d)", "pagina ", "p. 12 -> pagina 12"),
    *before_numeral({"cap": "capitolo", "vol": "volume"}),
    Rule(r"(?i)\bsecc?\. ?(?=[IVX]{1,5}\b)", "secolo ", "sec. XIX -> secolo XIX"),
    Rule(r"(?<=[IVX]) sec\.(?! ?$)", " secolo", "nel XIX sec. a Roma -> nel XIX secolo a Roma"),
    *christian_era("avanti Cristo", "dopo Cristo"),
    Rule(
        r"\bS\. (?=(?:Andrea|Elia|Isaia|Antonio|Ambrogio)\b)", "Sant'", "S. Andrea -> Sant'Andrea"
    ),
    Rule(r"\bS\. (?=(?:Luca|Nicola|Mattia|Barnaba)\b)", "San ", "S. Luca -> San Luca"),
    Rule(r"\bS\. (?=[AEIOU][a-zà-ù]{2})", "Sant'", "S. Agata -> Sant'Agata"),
    Rule(r"\bS\. (?=[A-Z][a-zà-ù]{1,20}a\b)", "Santa ", "S. Maria -> Santa Maria"),
    Rule(r"\bS\. (?=St[a-zà-ù]{2})", "Santo ", "S. Stefano -> Santo Stefano"),
    Rule(r"\bS\. (?=[A-Z][a-zà-ù]{2})", "San ", "S. Pietro -> San Pietro"),
    *before_number({"int": "interno"}),
    Rule(r"\b[Oo]n\. (?=[A-ZÀ-Þ])", "onorevole ", "l'on. Moro -> l'onorevole Moro"),
    Rule(r"\bS\.ta (?=[A-Z])", "Santa ", "S.ta Maria -> Santa Maria"),
    # One o'clock, and not the first of a month.
    Rule(
        rf"(?i)\b(d?all)'1(?= |$|[,;!?]|\.(?!\d))(?! (?:{MONTH})\b)",
        r"\1'una",
        "dalle 10 all'1 -> dalle 10 all'una",
        "all'1 di notte -> all'una di notte",
        "dall'1, alle 3 -> dall'una, alle 3",
        "Apre all'1. -> Apre all'una.",
    ),
    *minimum("minimo"),
    *sign_rules(conjunctions="e/o", kilometres_per_hour="chilometri orari", number="numero"),
    Rule(r"\bh24\b", "acca ventiquattro", "aperto h24 -> aperto acca ventiquattro"),
)
"""Rules for abbreviations and signs whose meaning shows in their neighbours."""

ABBREVIATIONS = {
    "sig.": "signor",
    "sig.ra": "signora",
    "sig.na": "signorina",
    "sigg.": "signori",
    "dott.": "dottor",
    "dr.": "dottor",
    "dott.ssa": "dottoressa",
    "dr.ssa": "dottoressa",
    "prof.": "professor",
    "prof.ssa": "professoressa",
    "avv.": "avvocato",
    "ing.": "ingegner",
    "arch.": "architetto",
    "rag.": "ragionier",
    "geom.": "geometra",
    "gent.mo": "gentilissimo",
    "gent.ma": "gentilissima",
    "ecc.": "eccetera",
    "etc.": "eccetera",
    "ad es.": "ad esempio",
    "p. es.": "per esempio",
    "p.es.": "per esempio",
    "per es.": "per esempio",
    "es.": "esempio",
    "tel.": "telefono",
    "cell.": "cellulare",
    "cfr.": "confronta",
    "ca.": "circa",
    "max.": "massimo",
    "p.zza": "piazza",
    "v.le": "viale",
    "c.so": "corso",
    "vs.": "contro",
    "pag.": "pagina",
    "pagg.": "pagine",
    "cap.": "capitolo",
    "cad.": "cadauno",
    "spett.": "spettabile",
    "egr.": "egregio",
    "s.p.a.": "esse pi a",
    "s.r.l.": "esse erre elle",
}
"""Words for abbreviations that mean the same wherever they stand."""
