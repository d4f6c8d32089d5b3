"""Abbreviations of French, in words."""

from app.tts.text.romance import notations

RULES = notations.rules(
    (r"\bMM\. (?=[A-ZÀ-Þ])", "messieurs "),
    (r"\bM\. (?=[A-ZÀ-Þ]|l[ea]\b)", "monsieur "),
    (r"\bMr\.? (?=[A-ZÀ-Þ])", "monsieur "),
    (r"\bMmes?\b\.?(?! *$)", "madame"),
    (r"\bMlles?\b\.?(?! *$)", "mademoiselle"),
    (r"\bDr\.? (?=[A-ZÀ-Þ])", "docteur "),
    (r"\bDre\.? (?=[A-ZÀ-Þ])", "docteure "),
    (r"\b[Pp]r\.? (?=[A-ZÀ-Þ])", "professeur "),
    (r"\bMe (?=[A-ZÀ-Þ][a-zà-ÿ])", "maître "),
    (r"\bSte[ -](?=[A-ZÀ-Þ])", "sainte "),
    (r"\bSt[ -](?=[A-ZÀ-Þ])", "saint "),
    (r"\bav\. ?J\. ?-? ?C\.?(?! ?$)", "avant Jésus-Christ"),
    (r"\bapr?\. ?J\. ?-? ?C\.?(?! ?$)", "après Jésus-Christ"),
    (r"\bav\. ?J\. ?-? ?C\b", "avant Jésus-Christ"),
    (r"\bapr?\. ?J\. ?-? ?C\b", "après Jésus-Christ"),
    (r"(?i)\bn[°º] ?(?=\d)", "numéro "),
    (r"(?i)\bn[°º]s ?(?=\d)", "numéros "),
    (r"\bpp?\. ?(?=\d)", "page "),
    (r"(?i)\bart\. ?(?=\d|premier)", "article "),
    (r"(?i)\bch(?:ap)?\. ?(?=[\dIVX])", "chapitre "),
    (r"(?i)\bvol\. ?(?=[\dIVX])", "volume "),
    (r"(?i)\bfig\. ?(?=\d)", "figure "),
    (r"\b[Bb](?:l?vd|d)\.? (?=[A-ZÀ-Þ]|d[eu]|des)", "boulevard "),
    (r"\b[Aa]v\. (?=[A-ZÀ-Þ]|d[eu]|des)", "avenue "),
    (r"\betc(?=[^\w.]|$)", "etcétéra"),
    (r"\bet/ou\b", "et ou"),
    (r"(?<!\d)(?<!\d )\bkm/h\b", "kilomètres heure"),
    (r"#(?=\d)", "numéro "),
    (r"(?<!\w)#(?=[^\W\d_])", "hashtag "),
)
"""Abbreviations and signs whose neighbours say what they are."""

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
    "s.v.p.": "s'il vous plaît",
}
"""Those that mean the same everywhere."""
