"""French is written out as its speakers say it."""

import pytest

from app.tts.text.french import normalize

SPOKEN = [
    (
        "Il mesure 1,80 m et paie 5,50 euros à M. le maire.",
        "Il mesure un mètre quatre-vingts et paie cinq euros cinquante à monsieur le maire.",
    ),
    (
        "J'ai 21 pages, 1 heure, 1 livre et 31 jours.",
        "J'ai vingt et une pages, une heure, un livre et trente et un jours.",
    ),
    (
        "Il a 80 ans, elle 91 et lui 71.",
        "Il a quatre-vingts ans, elle quatre-vingt-onze et lui soixante et onze.",
    ),
    (
        "1 234,56 ou 1.234,56 ou 1234.5",
        (
            "mille deux cent trente-quatre virgule cinquante-six ou mille deux cent "
            "trente-quatre virgule cinquante-six ou mille deux cent trente-quatre virgule "
            "cinq"
        ),
    ),
    ("3,14 et 0,05", "trois virgule quatorze et zéro virgule zéro cinq"),
    ("1 000 000 habitants et 1 000 000 000", "un million d'habitants et un milliard"),
    ("Il coûte 5,50 €.", "Il coûte cinq euros cinquante."),
    (
        "Il coûte 5,05 €, 0,50 € ou 80 €.",
        "Il coûte cinq euros et cinq centimes, cinquante centimes ou quatre-vingts euros.",
    ),
    ("£21 et $1", "vingt et une livres et un dollar"),
    (
        "¥500, ₹20 et US$ 3,99",
        "cinq cents yens, vingt roupies et trois dollars quatre-vingt-dix-neuf",
    ),
    (
        "1 M€, 3 Md€, 5 k€ et 2 millions de $",
        (
            "un million d'euros, trois milliards d'euros, cinq mille euros et deux millions "
            "de dollars"
        ),
    ),
    ("20 €/mois, de 5-10 €", "vingt euros par mois, de cinq à dix euros"),
    ("Il fait -5 °C.", "Il fait moins cinq degrés Celsius."),
    ("21 % ou 0,5%", "vingt et un pour cent ou zéro virgule cinq pour cent"),
    (
        "À 15:30, 15h30 ou 15 h 30.",
        "À quinze heures trente, quinze heures trente ou quinze heures trente.",
    ),
    ("À 8h, 9h05 et 21h.", "À huit heures, neuf heures cinq et vingt et une heures."),
    ("à 1h, à 0h30", "à une heure, à zéro heure trente"),
    ("9h30-17h45", "neuf heures trente à dix-sept heures quarante-cinq"),
    (
        "Le 12/03/2024 ou 2024-03-12.",
        "Le douze mars deux mille vingt-quatre ou douze mars deux mille vingt-quatre.",
    ),
    (
        "Le 1er janvier et le 1 mai 1808.",
        "Le premier janvier et le premier mai mille huit cent huit.",
    ),
    ("le 15/8, lundi 3/5", "le quinze août, lundi trois mai"),
    (
        "Le 1er étage, la 1re fois, le 2e, la 2nde et le 21e",
        "Le premier étage, la première fois, le deuxième, la seconde et le vingt et unième",
    ),
    ("la 3ème place, les 80e et 200e", "la troisième place, les quatre-vingtième et deux centième"),
    (
        "le XXIe siècle, les XVIIe et XVIIIe siècles",
        "le vingt et unième siècle, les dix-septième et dix-huitième siècles",
    ),
    ("la Ve République", "la cinquième République"),
    (
        "Louis XIV, François Ier, Napoléon III et Louis V",
        "Louis quatorze, François premier, Napoléon trois et Louis cinq",
    ),
    ("chapitre IV, Rocky II", "chapitre quatre, Rocky deux"),
    ("Vers midi, l'Inde et Vie.", "Vers midi, l'Inde et Vie."),
    ("pages 3-5, 10–20 %", "pages trois à cinq, dix à vingt pour cent"),
    ("1/2, 3/4, 2/3", "un demi, trois quarts, deux tiers"),
    ("½ tasse, 2 ½ heures, 3/4 h", "une demi tasse, deux heures et demie, trois quarts d'heure"),
    ("Il a 15/20 et 8/10.", "Il a quinze sur vingt et huit sur dix."),
    (
        "5 h, 30 min, 21 s et 20 m²",
        "cinq heures, trente minutes, vingt et une secondes et vingt mètres carrés",
    ),
    ("à 120 km/h, en km/h", "à cent vingt kilomètres heure, en kilomètres heure"),
    (
        "Appelez le 06 12 34 56 78.",
        "Appelez le zéro six, douze, trente-quatre, cinquante-six, soixante-dix-huit.",
    ),
    (
        "06.12.34.56.78 ou 0612345678",
        (
            "zéro six, douze, trente-quatre, cinquante-six, soixante-dix-huit ou zéro six, "
            "douze, trente-quatre, cinquante-six, soixante-dix-huit"
        ),
    ),
    (
        "+33 6 12 34 56 78",
        "plus trente-trois, six, douze, trente-quatre, cinquante-six, soixante-dix-huit",
    ),
    (
        "M. Dupont, Mme Durand, Mlle Anne et le Dr Martin",
        "monsieur Dupont, madame Durand, mademoiselle Anne et le docteur Martin",
    ),
    (
        "p. ex. le n° 5, c.-à-d. la p. 12, etc.",
        "par exemple le numéro cinq, c'est-à-dire la page douze, etcétéra.",
    ),
    ("en 52 av. J.-C. dans l'av. Foch", "en cinquante-deux avant Jésus-Christ dans l'avenue Foch"),
    ("Rock & roll : 2 + 2 = 4", "Rock et roll: deux plus deux égale quatre"),
    (
        "10x plus, 3x4, 24h/24 et 7j/7",
        (
            "dix fois plus, trois par quatre, vingt-quatre heures sur vingt-quatre et sept "
            "jours sur sept"
        ),
    ),
    ("±2 et ~5", "plus ou moins deux et environ cinq"),
    ("jean.dupont@example.com", "jean point dupont arobase example point com"),
    (
        "www.example.fr/bonjour-le_monde",
        "www point example point fr slash bonjour tiret le tiret bas monde",
    ),
    (
        "J'ai 1 question, 1 photo, 1 commentaire, 1 amie et 1 musée.",
        "J'ai une question, une photo, un commentaire, une amie et un musée.",
    ),
    ("1 ou 2 personnes, 1 salade", "une ou deux personnes, une salade"),
    (
        "de 2019-2020, 1939-1945",
        (
            "de deux mille dix-neuf à deux mille vingt, mille neuf cent trente-neuf à mille "
            "neuf cent quarante-cinq"
        ),
    ),
    (
        "Attends 30 min. Puis 2 h. et 5 sec.",
        "Attends trente minutes. Puis deux heures et cinq secondes.",
    ),
    (
        "5 Go, 500 Mo, 1 To et 20 Ko",
        "cinq gigaoctets, cinq cents mégaoctets, un téraoctet et vingt kilooctets",
    ),
    ("2² = 4, x³, prix au m²", "deux au carré égale quatre, x au cube, prix au mètre carré"),
    ("2 x 4 = 8 et 2 x 4 m", "deux fois quatre égale huit et deux par quatre mètres"),
    (
        "x > 3, 5 < 8, x >= 2, 8 / 2 = 4 et > 5 €",
        (
            "x supérieur à trois, cinq inférieur à huit, x supérieur ou égal à deux, huit "
            "divisé par deux égale quatre et plus de cinq euros"
        ),
    ),
    (
        "le 3 janv. 2020, 9 déc., 5 févr.",
        "le trois janvier deux mille vingt, neuf décembre, cinq février.",
    ),
    (
        "P. ex. max. 5, min. 3, tél. 01 23 45 67 89",
        (
            "par exemple maximum cinq, minimum trois, téléphone zéro un, vingt-trois, "
            "quarante-cinq, soixante-sept, quatre-vingt-neuf"
        ),
    ),
    ("en 79 ap. J.-C.", "en soixante-dix-neuf après Jésus-Christ."),
    ("Il pèse 2 kg., et 3 m.", "Il pèse deux kilogrammes, et trois mètres."),
    (
        "5 M d'euros, 5 Mds d'euros, 10k abonnés",
        "cinq millions d'euros, cinq milliards d'euros, dix mille abonnés",
    ),
    (
        "Rdv sam. 15/06, 1 c. à s. de sucre, 15,5/20",
        (
            "rendez-vous samedi quinze juin, une cuillère à soupe de sucre, quinze virgule "
            "cinq sur vingt"
        ),
    ),
    ("1 seule personne, 1 grande robe", "une seule personne, une grande robe"),
]


@pytest.mark.parametrize(("written", "spoken"), SPOKEN)
def test_written_forms_are_said_as_speakers_say_them(written: str, spoken: str) -> None:
    assert normalize(written) == spoken


@pytest.mark.parametrize(
    "text",
    ["Qu'est-ce que c'est ? Rien : tout va bien !", "Les enfants de Henri, vers midi, disent oui."],
)
def test_words_stay_as_they_are(text: str) -> None:
    assert normalize(text) == text


@pytest.mark.parametrize(("_", "spoken"), SPOKEN)
def test_spoken_forms_stay_as_they_are(_: str, spoken: str) -> None:
    assert normalize(spoken) == spoken
