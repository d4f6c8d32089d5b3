"""French abbreviations in words."""

from app.tts.text.romance.abbreviations import before_number, before_numeral, minimum, sign_rules
from app.tts.text.rules import Rule

RULES = (
    Rule(r"\bMM\. (?=[A-ZÀ-Þ])", "messieurs ", "MM. Dupont -> messieurs Dupont"),
    Rule(
        r"\bM\. (?=[A-ZÀ-Þ]|l[ea]\b)",
        "monsieur ",
        "M. Dupont -> monsieur Dupont",
        "M. le maire -> monsieur le maire",
    ),
    Rule(r"\bMr\.? (?=[A-ZÀ-Þ])", "monsieur ", "Mr Dupont -> monsieur Dupont"),
    Rule(
        r"\bMmes?\b\.?(?! *$)",
        "madame",
        "Mme Durand -> madame Durand",
        "Mme. Durand -> madame Durand",
    ),
    Rule(r"\bMlles?\b\.?(?! *$)", "mademoiselle", "Mlle Anne -> mademoiselle Anne"),
    Rule(r"\bDr\.? (?=[A-ZÀ-Þ])", "docteur ", "le Dr Martin -> le docteur Martin"),
    Rule(r"\bDre\.? (?=[A-ZÀ-Þ])", "docteure ", "la Dre Martin -> la docteure Martin"),
    Rule(r"\b[Pp]r\.? (?=[A-ZÀ-Þ])", "professeur ", "le Pr Martin -> le professeur Martin"),
    Rule(r"\bMe (?=[A-ZÀ-Þ][a-zà-ÿ])", "maître ", "Me Martin -> maître Martin"),
    Rule(r"\bSte[ -](?=[A-ZÀ-Þ])", "sainte ", "Ste-Anne -> sainte Anne"),
    Rule(r"\bSt[ -](?=[A-ZÀ-Þ])", "saint ", "St-Malo -> saint Malo"),
    Rule(
        r"\bav\. ?J\. ?-? ?C\.?(?! ?$)",
        "avant Jésus-Christ",
        "en 52 av. J.-C. à Alésia -> en 52 avant Jésus-Christ à Alésia",
    ),
    Rule(
        r"\bapr?\. ?J\. ?-? ?C\.?(?! ?$)",
        "après Jésus-Christ",
        "en 79 apr. J.-C. à Pompéi -> en 79 après Jésus-Christ à Pompéi",
    ),
    # The full stop of a sentence stays.
    Rule(
        r"\bav\. ?J\. ?-? ?C\b",
        "avant Jésus-Christ",
        "en 52 av. J.-C. -> en 52 avant Jésus-Christ.",
    ),
    Rule(
        r"\bapr?\. ?J\. ?-? ?C\b",
        "après Jésus-Christ",
        "en 79 ap. J.-C. -> en 79 après Jésus-Christ.",
    ),
    Rule(r"(?i)\bn[°º] ?(?=\d)", "numéro ", "le n° 5 -> le numéro 5"),
    Rule(r"(?i)\bn[°º]s ?(?=\d)", "numéros ", "les n°s 5 et 6 -> les numéros 5 et 6"),
    Rule(r"\bpp?\. ?(?=\d)", "page ", "p. 12 -> page 12"),
    Rule(
        r"(?i)\bart\. ?(?=\d|premier)",
        "article ",
        "art. 5 -> article 5",
        "art. premier -> article premier",
    ),
    *before_numeral({"ch": "chapitre", "chap": "chapitre", "vol": "volume"}),
    *before_number({"fig": "figure"}),
    Rule(
        r"\b[Bb](?:l?vd|d)\.? (?=[A-ZÀ-Þ]|d[eu]|des)",
        "boulevard ",
        "5, bd Voltaire -> 5, boulevard Voltaire",
        "Blvd. du Temple -> boulevard du Temple",
    ),
    Rule(
        r"\b[Aa]v\. (?=[A-ZÀ-Þ]|d[eu]|des)",
        "avenue ",
        "l'av. Foch -> l'avenue Foch",
        "av. de Wagram -> avenue de Wagram",
    ),
    Rule(r"\betc(?=[^\w.]|$)", "etcétéra", "du pain, etc -> du pain, etcétéra"),
    Rule(r"\b(?:[Rr]dv|RDV)\b", "rendez-vous", "RDV à 8 h -> rendez-vous à 8 h"),
    Rule(r"\b(?:svp|SVP)\b", "s'il vous plaît", "Entrez, svp. -> Entrez, s'il vous plaît."),
    Rule(r"\b(?:stp|STP)\b", "s'il te plaît", "Viens, stp. -> Viens, s'il te plaît."),
    *minimum("minimum"),
    *sign_rules(conjunctions="et/ou", kilometres_per_hour="kilomètres heure", number="numéro"),
)
"""Rules for abbreviations and signs whose meaning shows in their neighbours."""

ABBREVIATIONS = {
    "p. ex.": "par exemple",
    "p.ex.": "par exemple",
    "c.-à-d.": "c'est-à-dire",
    "c.à.d.": "c'est-à-dire",
    "càd": "c'est-à-dire",
    "etc.": "etcétéra",
    "tél.": "téléphone",
    "env.": "environ",
    "max.": "maximum",
    "cf.": "confer",
    "vs.": "contre",
    "apr.": "après",
    "hab.": "habitants",
    "ex.": "exemple",
    "par ex.": "par exemple",
    "resp.": "respectivement",
    "boul.": "boulevard",
    "appt.": "appartement",
    "apt.": "appartement",
    "s.v.p.": "s'il vous plaît",
}
"""Words for abbreviations that mean the same wherever they stand."""
