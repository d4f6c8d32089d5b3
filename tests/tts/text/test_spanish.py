"""Spanish is written out as its speakers say it."""

import pytest

from app.tts.text.spanish import normalize

SPOKEN = [
    (
        "Mide 1,80 m y cuesta 5,50 euros o $1,500.00 pesos.",
        "Mide un metro ochenta y cuesta cinco euros con cincuenta o mil quinientos pesos.",
    ),
    ("21 o 31 personas en los años '90", "veintiuna o treinta y una personas en los años noventa"),
    (
        "Tengo 1 hora, 21 libros y 31 páginas.",
        "Tengo una hora, veintiún libros y treinta y una páginas.",
    ),
    ("Vinieron 200 personas en 21 días.", "Vinieron doscientas personas en veintiún días."),
    ("21.000 casas", "veintiún mil casas"),
    ("1.000.000 habitantes", "un millón de habitantes"),
    (
        "Son 1.234,56 o 1234.5 o 1,234.56.",
        (
            "Son mil doscientos treinta y cuatro coma cincuenta y seis o mil doscientos "
            "treinta y cuatro coma cinco o mil doscientos treinta y cuatro coma cincuenta y "
            "seis."
        ),
    ),
    ("Pi es 3,14 y no 0,05.", "Pi es tres coma catorce y no cero coma cero cinco."),
    ("Cuesta 5,50 €.", "Cuesta cinco euros con cincuenta."),
    (
        "Cuesta 5,05 €, 0,50 € o 1 €.",
        "Cuesta cinco euros con cinco céntimos, cincuenta céntimos o un euro.",
    ),
    ("£21 y $1", "veintiuna libras y un dólar"),
    (
        "R$ 10, ¥500, ₹20 y US$ 3,99",
        "diez reales, quinientos yenes, veinte rupias y tres dólares con noventa y nueve",
    ),
    (
        "Ganó 1 M€, luego 2 mil millones de € y 5 mil €.",
        "Ganó un millón de euros, luego dos mil millones de euros y cinco mil euros.",
    ),
    (
        "1,2 millones de dólares y 1.000.000 €",
        "uno coma dos millones de dólares y un millón de euros",
    ),
    ("20 €/mes, entre 5-10 €", "veinte euros por mes, entre cinco a diez euros"),
    ("Estamos a -5 °C.", "Estamos a menos cinco grados Celsius."),
    ("El 21 % y un 0,5%.", "El veintiún por ciento y un cero coma cinco por ciento."),
    ("A las 3:30, a la 1:00 y a las 9:15.", "A las tres y media, a la una y a las nueve y cuarto."),
    ("A las 15:30 y a las 20:00.", "A las quince treinta y a las veinte horas."),
    ("De 9:00-17:00 h.", "De nueve a diecisiete horas."),
    (
        "A las 3 p. m. o a las 11:15 a. m. del lunes",
        "A las tres de la tarde o a las once y cuarto de la mañana del lunes",
    ),
    (
        "El 12/03/2024 o el 2024-03-12.",
        "El doce de marzo de dos mil veinticuatro o el doce de marzo de dos mil veinticuatro.",
    ),
    (
        "El 1.º de mayo, el 1 de mayo y el 2 de mayo.",
        "El primero de mayo, el primero de mayo y el dos de mayo.",
    ),
    ("El 15/8 y el lunes 3/5.", "El quince de agosto y el lunes tres de mayo."),
    (
        "1.º, 2.ª, 3er piso, 2º piso y 21.ª edición",
        "primero, segunda, tercer piso, segundo piso y vigésima primera edición",
    ),
    ("Páginas 3-5, un 10–20 %.", "Páginas tres a cinco, un diez a veinte por ciento."),
    ("1/2, 3/4 y ½ taza", "un medio, tres cuartos y media taza"),
    ("2 ½ horas y 3/4 l de leche", "dos horas y media y tres cuartos de litro de leche"),
    ("Un 8/10.", "Un ocho sobre diez."),
    ("5 h 30 min, 21 h y 1 h", "cinco horas treinta minutos, veintiuna horas y una hora"),
    (
        "a 120 km/h, en km/h, 20 m² y 8 GB",
        (
            "a ciento veinte kilómetros por hora, en kilómetros por hora, veinte metros "
            "cuadrados y ocho gigabáits"
        ),
    ),
    (
        "Llame al 612 34 56 78.",
        "Llame al seis uno dos, treinta y cuatro, cincuenta y seis, setenta y ocho.",
    ),
    (
        "Llame al 91 123 45 67 o al 612 345 678.",
        (
            "Llame al noventa y uno, uno dos tres, cuarenta y cinco, sesenta y siete o al "
            "seis uno dos, tres cuatro cinco, seis siete ocho."
        ),
    ),
    (
        "+34 612 34 56 78",
        ("más treinta y cuatro, seis uno dos, treinta y cuatro, cincuenta y seis, setenta y ocho"),
    ),
    (
        "del siglo XIX al siglo XXI, siglo V",
        "del siglo diecinueve al siglo veintiuno, siglo quinto",
    ),
    ("Los siglos XIX y XX.", "Los siglos diecinueve y veinte."),
    (
        "Luis XIV, Felipe VI, Isabel II y Juan XXIII",
        "Luis catorce, Felipe sexto, Isabel segunda y Juan veintitrés",
    ),
    (
        "capítulo IV, Rocky II y la II Guerra Mundial",
        "capítulo cuatro, Rocky dos y la segunda Guerra Mundial",
    ),
    ("Malcolm X sigue igual.", "Malcolm X sigue igual."),
    (
        "El Sr. Pérez y la Dra. López viven en EE. UU.",
        "El señor Pérez y la doctora López viven en Estados Unidos.",
    ),
    ("Pan, p. ej., n.º 5, pág. 12, etc.", "Pan, por ejemplo, número cinco, página doce, etcétera."),
    ("¿Ud. viene?", "¿usted viene?"),
    (
        "en el 300 a. C. y el 50 d. C.",
        "en el trescientos antes de Cristo y el cincuenta después de Cristo.",
    ),
    ("Rock & roll: 2 + 2 = 4", "Rock y roll: dos más dos igual a cuatro"),
    (
        "10x más, 3x4, 24/7 y ±2",
        "diez veces más, tres por cuatro, veinticuatro siete y más menos dos",
    ),
    ("El mp3, la COVID-19 y el 4K", "El mp tres, la COVID diecinueve y el cuatro K"),
    ("juan.perez@example.com", "juan punto perez arroba example punto com"),
    (
        "www.example.es/hola-mundo_1",
        "www punto example punto es barra hola guion mundo guion bajo uno",
    ),
    ("El 007.", "El cero cero siete."),
    (
        "Tengo 1 pregunta, 1 foto, 1 comentario y 1 producto.",
        "Tengo una pregunta, una foto, un comentario y un producto.",
    ),
    (
        "1 refresco, 1 chica, 1 problema y 1 canción",
        "un refresco, una chica, un problema y una canción",
    ),
    (
        "El capítulo 1 trata de la Fórmula 1 mundial; 1 de cada 3; 1 o 2 personas.",
        "El capítulo uno trata de la Fórmula uno mundial; uno de cada tres; una o dos personas.",
    ),
    ("21 fotos y 21 mil casas", "veintiuna fotos y veintiún mil casas"),
    (
        "Fue en 2019-2020, no en 1939-1945.",
        (
            "Fue en dos mil diecinueve a dos mil veinte, no en mil novecientos treinta y "
            "nueve a mil novecientos cuarenta y cinco."
        ),
    ),
    ("Espera 30 min. y 2 h. y 5 seg.", "Espera treinta minutos y dos horas y cinco segundos."),
    ("Estamos a -3º, hace 30º.", "Estamos a menos tres grados, hace treinta grados."),
    (
        "2da vez, 5to grado, 1ro de mayo y 3ra edición",
        "segunda vez, quinto grado, primero de mayo y tercera edición",
    ),
    (
        "2² = 4, x³, a 30 € por m²",
        "dos al cuadrado igual a cuatro, x al cubo, a treinta euros por metro cuadrado",
    ),
    (
        "x > 3, 5 < 8, x >= 2, y ≤ 4 y cuesta > 5 €",
        (
            "x mayor que tres, cinco menor que ocho, x mayor o igual que dos, y menor o igual"
            " que cuatro y cuesta más de cinco euros"
        ),
    ),
    ("8 / 2 = 4", "ocho dividido entre dos igual a cuatro"),
    ("Ajustes > Pantalla, te quiero <3", "Ajustes, Pantalla, te quiero"),
    (
        "5 de feb. de 2024, 12 dic. 2020 y el 12-dic-2020",
        (
            "cinco de febrero de dos mil veinticuatro, doce de diciembre de dos mil veinte y "
            "el doce de diciembre de dos mil veinte"
        ),
    ),
    ("El lun. 5 de ene.", "El lunes cinco de enero."),
    (
        "P. ej. esto, Aprox. 5, Sta. Cruz, Dña. Ana y Fco. López",
        "por ejemplo esto, aproximadamente cinco, Santa Cruz, doña Ana y Francisco López",
    ),
    ("El Gral. Franco, págs. 12-15", "El general Franco, páginas doce a quince"),
    ("Fue en 79 d.C.", "Fue en setenta y nueve después de Cristo."),
    ("Pesa 2 kg., y 3 m.", "Pesa dos kilogramos, y tres metros."),
    (
        "10k seguidores, 1,5 M de vistas, +100 productos",
        "diez mil seguidores, uno coma cinco millones de vistas, más de cien productos",
    ),
    (
        "1 cda. de azúcar, 200 gr. de harina, 1/2 cebolla",
        "una cucharada de azúcar, doscientos gramos de harina, media cebolla",
    ),
    (
        "Un 8,5/10, al 50/50, a las 08 h",
        "Un ocho coma cinco sobre diez, al cincuenta cincuenta, a las ocho horas",
    ),
    (
        "El 5to. lugar. Solo 1 queda entre 0 y 1 siempre.",
        "El quinto lugar. Solo uno queda entre cero y uno siempre.",
    ),
    ("ſr. Pérez", "ſr. Pérez"),
]


@pytest.mark.parametrize(("written", "spoken"), SPOKEN)
def test_written_forms_are_said_as_speakers_say_them(written: str, spoken: str) -> None:
    assert normalize(written) == spoken


@pytest.mark.parametrize(
    "text",
    ["¿Qué tal? ¡Bien, gracias! Vive en la ciudad.", "Más vale tarde que nunca; dijo: 'nada'."],
)
def test_words_stay_as_they_are(text: str) -> None:
    assert normalize(text) == text


@pytest.mark.parametrize(("_", "spoken"), SPOKEN)
def test_spoken_forms_stay_as_they_are(_: str, spoken: str) -> None:
    assert normalize(spoken) == spoken
