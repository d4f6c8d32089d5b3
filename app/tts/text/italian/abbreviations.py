"""Abbreviations of Italian, in words."""

from app.tts.text.italian.times import MONTH
from app.tts.text.romance import notations

FIRST_RULES = notations.rules((r"\b[Pp]\. ?[Ee]s\.", "per esempio"))
"""What else would be taken for addresses."""

RULES = notations.rules(
    (r"(?i)\bn(?:\.[ºo°]?|[º°]|r\.) ?(?=\d)", "numero "),
    (r"(?i)\bpag\. ?(?=\d)", "pagina "),
    (r"(?i)\bpp(?:ag)?\. ?(?=\d)", "pagine "),
    (r"(?i)\bpagg\. ?(?=\d)", "pagine "),
    (r"\bp\. ?(?=\d)", "pagina "),
    (r"(?i)\bart\. ?(?=\d)", "articolo "),
    (r"(?i)\bcap\. ?(?=[\dIVX])", "capitolo "),
    (r"(?i)\bvol\. ?(?=[\dIVX])", "volume "),
    (r"(?i)\bfig\. ?(?=\d)", "figura "),
    (r"(?i)\bsecc?\. ?(?=[IVX]{1,5}\b)", "secolo "),
    (r"(?<=[IVX]) sec\.(?! ?$)", " secolo"),
    (r"\ba\. ?C\.(?! ?$)|\ba\. ?C\b", "avanti Cristo"),
    (r"\bd\. ?C\.(?! ?$)|\bd\. ?C\b", "dopo Cristo"),
    (r"\bS\. (?=[A-Z][a-zà-ù]{2})", "San "),
    (r"\b[Oo]n\. (?=[A-ZÀ-Þ])", "onorevole "),
    (r"\bS\.ta (?=[A-Z])", "Santa "),
    # One o'clock, and not the first of a month.
    (rf"(?i)\b(d?all)'1(?= |$|[,;!?]|\.(?!\d))(?! (?:{MONTH})\b)", r"\1'una"),
    (r"\be/o\b", "e o"),
    (r"(?<!\d)(?<!\d )\bkm/h\b", "chilometri orari"),
    (r"#(?=\d)", "numero "),
    (r"(?<!\w)#(?=[^\W\d_])", "hashtag "),
    (r"\bh24\b", "acca ventiquattro"),
)
"""Abbreviations and signs whose neighbours say what they are."""

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
    "min.": "minimo",
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
"""Those that mean the same everywhere."""
