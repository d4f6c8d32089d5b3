"""Italian is written out as its speakers say it."""

import pytest

from app.tts.text.italian import normalize

SPOKEN = [
    (
        "È alto 1,80 m e paga 1.500,00 euro.",
        "È alto un metro e ottanta e paga millecinquecento euro.",
    ),
    ("dal 1° al 15 maggio negli anni '90", "dal primo al quindici maggio negli anni novanta"),
    (
        "Ho 1 ora, 1 giorno, 1 persona e 31 libri.",
        "Ho un'ora, un giorno, una persona e trentuno libri.",
    ),
    (
        "1.234,56 o 1234.5",
        (
            "milleduecentotrentaquattro virgola cinquantasei o milleduecentotrentaquattro "
            "virgola cinque"
        ),
    ),
    ("3,14 e 0,05", "tre virgola quattordici e zero virgola zero cinque"),
    ("1.000.000 abitanti", "un milione di abitanti"),
    ("Costa 5,50 €.", "Costa cinque euro e cinquanta."),
    (
        "Costa 5,05 €, 0,50 € o 1 €.",
        "Costa cinque euro e cinque centesimi, cinquanta centesimi o un euro.",
    ),
    ("£1, £21 e $1", "una sterlina, ventuno sterline e un dollaro"),
    ("¥500, ₹20 e US$ 3,99", "cinquecento yen, venti rupie e tre dollari e novantanove"),
    (
        "1 M€, 3 mld €, 2,5 mln € e 5 mila €",
        (
            "un milione di euro, tre miliardi di euro, due virgola cinque milioni di euro e "
            "cinquemila euro"
        ),
    ),
    ("3 miliardi di €", "tre miliardi di euro"),
    ("20 €/mese, 5-10 €", "venti euro al mese, cinque a dieci euro"),
    ("Ci sono -5 °C.", "Ci sono meno cinque gradi Cèlsius."),
    ("il 21 % e lo 0,5%", "il ventuno per cento e lo zero virgola cinque per cento"),
    (
        "Alle 15:30, alle 3:30 e alle 8:00.",
        "Alle quindici e trenta, alle tre e trenta e alle otto.",
    ),
    (
        "Alle ore 15.30, dalle 8.00 alle 17.45.",
        "Alle ore quindici e trenta, dalle otto alle diciassette e quarantacinque.",
    ),
    ("Circa 15.30 metri, all'1.", "Circa quindici virgola trenta metri, all'una."),
    ("9:00-17:00", "nove a diciassette"),
    (
        "Il 12/03/2024 o 2024-03-12.",
        "Il dodici marzo duemilaventiquattro o dodici marzo duemilaventiquattro.",
    ),
    (
        "Il 1° maggio, l'1 maggio e il 2 giugno 1946.",
        "Il primo maggio, il primo maggio e il due giugno millenovecentoquarantasei.",
    ),
    ("il 15/8, lunedì 3/5", "il quindici agosto, lunedì tre maggio"),
    (
        "il 2° piano, la 1ª volta, il 3º posto e la 21ª edizione",
        "il secondo piano, la prima volta, il terzo posto e la ventunesima edizione",
    ),
    ("20° all'ombra", "venti gradi all'ombra"),
    ("pagine 3-5, 10–20 %", "pagine tre a cinque, dieci a venti per cento"),
    ("1/2, 3/4, 2/3", "un mezzo, tre quarti, due terzi"),
    (
        "½ tazza, 2 ½ ore, ½ ora e 3/4 l di latte",
        "mezza tazza, due ore e mezza, mezz'ora e tre quarti di litro di latte",
    ),
    ("Ha preso 8/10.", "Ha preso otto su dieci."),
    ("5 h 30 min e 20 m²", "cinque ore trenta minuti e venti metri quadrati"),
    ("a 120 km/h, in km/h", "a centoventi chilometri orari, in chilometri orari"),
    ("Chiama il 333 1234567.", "Chiama il tre tre tre, uno due tre quattro cinque sei sette."),
    (
        "06 12345678 o +39 333 123 4567",
        (
            "zero sei, uno due tre quattro cinque sei sette otto o più tre nove, tre tre tre, "
            "uno due tre, quattro cinque sei sette"
        ),
    ),
    (
        "il secolo XXI, il XX secolo e i secoli XIX e XX",
        "il secolo ventunesimo, il ventesimo secolo e i secoli diciannovesimo e ventesimo",
    ),
    (
        "Papa Giovanni XXIII, Luigi XIV, Elisabetta II e Carlo V",
        ("Papa Giovanni ventitreesimo, Luigi quattordicesimo, Elisabetta seconda e Carlo quinto"),
    ),
    (
        "capitolo IV, Rocky II e la II guerra mondiale",
        "capitolo quattro, Rocky due e la seconda guerra mondiale",
    ),
    (
        "Il Sig. Rossi, la Sig.ra Bianchi e il Dott. Verdi.",
        "Il signor Rossi, la signora Bianchi e il dottor Verdi.",
    ),
    ("Ad es. pag. 12, n. 5, ecc.", "ad esempio pagina dodici, numero cinque, eccetera."),
    (
        "nel 300 a.C. e nel 50 d.C. circa",
        "nel trecento avanti Cristo e nel cinquanta dopo Cristo circa",
    ),
    ("Rock & roll: 2 + 2 = 4", "Rock e roll: due più due uguale a quattro"),
    ("10x più, 3x4, ±2, ~5", "dieci volte più, tre per quattro, più o meno due, circa cinque"),
    ("Aperto 24/7.", "Aperto ventiquattro ore su ventiquattro."),
    ("mario.rossi@example.com", "mario punto rossi chiocciola example punto com"),
    (
        "www.example.it/ciao-il_mondo",
        "www punto example punto it barra ciao trattino il trattino basso mondo",
    ),
    ("999.999", "novecentonovantanovemila novecentonovantanove"),
    (
        "Ho 1 domanda, 1 foto, 1 commento, 1 studente, 1 amica e 1 zaino.",
        "Ho una domanda, una foto, un commento, uno studente, un'amica e uno zaino.",
    ),
    (
        "1 problema, 1 psicologo, 1 gnocco e 1 stazione",
        "un problema, uno psicologo, uno gnocco e una stazione",
    ),
    (
        "Il capitolo 1 parla di 1 o 2 persone, 1 su 3.",
        "Il capitolo uno parla di una o due persone, uno su tre.",
    ),
    (
        "2019-2020, 1939-1945",
        "duemiladiciannove a duemilaventi, millenovecentotrentanove a millenovecentoquarantacinque",
    ),
    ("Aspetta 30 min. Poi 2 h. e 5 sec.", "Aspetta trenta minuti. Poi due ore e cinque secondi."),
    ("Temperatura min. 3", "Temperatura minimo tre"),
    (
        "5 mln di euro, 2 mld di euro e 1 mln di abitanti",
        "cinque milioni di euro, due miliardi di euro e un milione di abitanti",
    ),
    (
        "2² = 4, x³, prezzo al m²",
        "due al quadrato uguale a quattro, x al cubo, prezzo al metro quadrato",
    ),
    (
        "x > 3, 5 < 8, x >= 2, 8 / 2 = 4 e > 5 €",
        (
            "x maggiore di tre, cinque minore di otto, x maggiore o uguale a due, otto diviso"
            " due uguale a quattro e più di cinque euro"
        ),
    ),
    ("12 dic. 2020, 3 gen.", "dodici dicembre duemilaventi, tre gennaio."),
    ("Ha vinto 2 set.", "Ha vinto due set."),
    (
        "P.es. questo, P. es. quello, Ad es. ciò",
        "per esempio questo, per esempio quello, ad esempio ciò",
    ),
    ("On. Meloni, sec. XIX", "onorevole Meloni, secolo diciannovesimo"),
    ("nel 79 d.C.", "nel settantanove dopo Cristo."),
    ("Pesa 2 kg., e 3 m.", "Pesa due chilogrammi, e tre metri."),
    ("-3º, 30º all'ombra", "meno tre gradi, trenta gradi all'ombra"),
    (
        "S. Maria, S. Antonio, S. Stefano e S. Pietro",
        "Santa Maria, Sant'Antonio, Santo Stefano e San Pietro",
    ),
    (
        "Il treno delle 7.05, 80 mq, dal 1 al 15 ago. 2024",
        (
            "Il treno delle sette e cinque, ottanta metri quadrati, dal primo al quindici "
            "agosto duemilaventiquattro"
        ),
    ),
    ("1 solo giorno, solo 1 rimane", "un solo giorno, solo uno rimane"),
]


@pytest.mark.parametrize(("written", "spoken"), SPOKEN)
def test_written_forms_are_said_as_speakers_say_them(written: str, spoken: str) -> None:
    assert normalize(written) == spoken


@pytest.mark.parametrize(
    "text", ["Che cos'è? Niente, va tutto bene!", "L'amica di Anna; disse: 'mezza mela'."]
)
def test_words_stay_as_they_are(text: str) -> None:
    assert normalize(text) == text


@pytest.mark.parametrize(("_", "spoken"), SPOKEN)
def test_spoken_forms_stay_as_they_are(_: str, spoken: str) -> None:
    assert normalize(spoken) == spoken
