"""Brazilian Portuguese abbreviations in words."""

from app.tts.text.romance.abbreviations import (
    before_number,
    before_numeral,
    christian_era,
    sign_rules,
)
from app.tts.text.rules import Rule

RULES = (
    Rule(
        r"(?i)\bn(?:\.[ºo°]|[º°]|úm\.|\.) ?(?=\d)",
        "número ",
        "o n.º 5 -> o número 5",
        "o nº 5 -> o número 5",
        "núm. 5 -> número 5",
        "n. 5 -> número 5",
    ),
    *before_number({"pág": "página", "págs": "páginas", "art": "artigo", "fig": "figura"}),
    Rule(r"\bpp\. ?(?=\d)", "páginas ", "pp. 12-15 -> páginas 12-15"),
    Rule(r"\bp\. ?(?=\d)", "página ", "p. 12 -> página 12"),
    *before_numeral({"cap": "capítulo", "vol": "volume"}),
    Rule(r"(?i)\bsécs?\. ?(?=[IVX]{1,5}\b)", "século ", "no séc. XIX -> no século XIX"),
    *christian_era("antes de Cristo", "depois de Cristo"),
    Rule(
        r"\bD\. (?=Pedro|João|Manuel|Afonso|Dinis|Sebastião|Henrique|Miguel|Luís|Carlos)",
        "Dom ",
        "D. Pedro -> Dom Pedro",
    ),
    Rule(r"\bD\. (?=[A-ZÀ-Þ][a-zà-ÿ]*a\b)", "Dona ", "D. Maria -> Dona Maria"),
    Rule(r"\bProf\.?ª\.?", "professora", "a Prof.ª Ana -> a professora Ana"),
    Rule(r"\bDr\.?ª\.?", "doutora", "a Dr.ª Ana -> a doutora Ana"),
    Rule(r"\bSr\.?ª\.?", "senhora", "a Srª. Ana -> a senhora Ana"),
    Rule(
        r"\bR\. (?=[A-ZÀ-Þ][a-zà-ÿ]{2}[^,]{0,40}, ?(?:n|\d))",
        "rua ",
        "R. Augusta, 12 -> rua Augusta, 12",
        "R. Augusta, n. 12 -> rua Augusta, n. 12",
    ),
    Rule(r"\bs/n\b", "sem número", "rua Augusta, s/n -> rua Augusta, sem número"),
    Rule(r"[-−](?=(?:R|US)\$ ?\d)", "menos ", "-R$ 5 -> menos R$ 5", "−US$5 -> menos US$5"),
    *sign_rules(conjunctions="e/ou", kilometres_per_hour="quilômetros por hora", number="número"),
)
"""Rules for abbreviations and signs whose meaning shows in their neighbours."""

ABBREVIATIONS = {
    "sr.": "senhor",
    "sra.": "senhora",
    "srta.": "senhorita",
    "srs.": "senhores",
    "dr.": "doutor",
    "dra.": "doutora",
    "prof.": "professor",
    "profa.": "professora",
    "eng.": "engenheiro",
    "av.": "avenida",
    "etc.": "etcétera",
    "p. ex.": "por exemplo",
    "p.ex.": "por exemplo",
    "ex.": "exemplo",
    "obs.": "observação",
    "tel.": "telefone",
    "cel.": "celular",
    "apto.": "apartamento",
    "cia.": "companhia",
    "ltda.": "limitada",
    "aprox.": "aproximadamente",
    "máx.": "máximo",
    "mín.": "mínimo",
    "depto.": "departamento",
    "pág.": "página",
    "vs.": "versus",
    "pça.": "praça",
    "págs.": "páginas",
    "edif.": "edifício",
    "jr.": "júnior",
    "exmo.": "excelentíssimo",
    "exma.": "excelentíssima",
    "qtde.": "quantidade",
    "ap.": "apartamento",
}
"""Words for abbreviations that mean the same wherever they stand."""
