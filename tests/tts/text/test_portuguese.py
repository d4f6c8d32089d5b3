"""Brazilian Portuguese is written out as its speakers say it."""

import pytest

from app.tts.text.portuguese import normalize

SPOKEN = [
    (
        "Ele mede 1,80 m e paga 5,50 reais.",
        "Ele mede um metro e oitenta e paga cinco reais e cinquenta centavos.",
    ),
    ("2 ou 3 pessoas, de 2 a 3 horas", "duas ou três pessoas, de duas a três horas"),
    (
        "CPF 123.456.789-09, CEP 01310-100",
        (
            "CPF um dois três, quatro cinco meia, sete oito nove, zero nove, CEP zero um três "
            "um zero, um zero zero"
        ),
    ),
    (
        "Tenho 2 pessoas, 2 livros, 1 hora e 22 páginas.",
        "Tenho duas pessoas, dois livros, uma hora e vinte e duas páginas.",
    ),
    (
        "São 200 casas, 31 dias e 2 problemas.",
        "São duzentas casas, trinta e um dias e dois problemas.",
    ),
    ("1.234 ou 1.200", "mil duzentos e trinta e quatro ou mil e duzentos"),
    (
        "1.234,56 e 1234.5",
        (
            "mil duzentos e trinta e quatro vírgula cinquenta e seis e mil duzentos e trinta "
            "e quatro vírgula cinco"
        ),
    ),
    ("3,14 e 0,05", "três vírgula catorze e zero vírgula zero cinco"),
    ("Custa R$ 5,50.", "Custa cinco reais e cinquenta centavos."),
    ("R$ 1,00, R$ 0,50 e R$ 2.500", "um real, cinquenta centavos e dois mil e quinhentos reais"),
    ("£2, £21 e € 1", "duas libras, vinte e uma libras e um euro"),
    (
        "¥500, ₹20 e US$ 3,99",
        "quinhentos ienes, vinte rupias e três dólares e noventa e nove centavos",
    ),
    (
        "3 milhões de reais, R$ 3 bi e R$ 5 mil",
        "três milhões de reais, três bilhões de reais e cinco mil reais",
    ),
    (
        "R$ 1,2 mi e R$ 2,5 mi",
        "um vírgula dois milhão de reais e dois vírgula cinco milhões de reais",
    ),
    ("R$ 1.000.000,00 e 1.000.000 habitantes", "um milhão de reais e um milhão de habitantes"),
    ("-R$ 5,00, R$ 20/mês", "menos cinco reais, vinte reais por mês"),
    ("Faz -5 °C.", "Faz menos cinco graus Célsius."),
    ("21 %, 2% e 0,5%", "vinte e um por cento, dois por cento e zero vírgula cinco por cento"),
    ("Às 15:30, 15h30 ou 3:30.", "Às quinze e trinta, quinze e trinta ou três e meia."),
    (
        "Às 8h, 9h05, 14:00 e 21h.",
        "Às oito horas, nove e cinco, catorze horas e vinte e uma horas.",
    ),
    ("às 2h, à 1h, às 22:15", "às duas horas, à uma hora, às vinte e duas e quinze"),
    ("9h-17h", "nove horas a dezessete horas"),
    (
        "Em 12/03/2024 ou 2024-03-12.",
        (
            "Em doze de março de dois mil e vinte e quatro ou doze de março de dois mil e "
            "vinte e quatro."
        ),
    ),
    ("1º de maio, 1 de maio e 2 de junho", "primeiro de maio, primeiro de maio e dois de junho"),
    ("dia 15/8", "dia quinze de agosto"),
    (
        "o 2º andar, a 1ª vez, o 3° lugar e a 21ª edição",
        "o segundo andar, a primeira vez, o terceiro lugar e a vigésima primeira edição",
    ),
    ("páginas 3-5, 10–20 %", "páginas três a cinco, dez a vinte por cento"),
    ("3/4, 2/3 e 3/16", "três quartos, dois terços e três dezesseis avos"),
    ("½ xícara, 2 ½ horas, 1/2 kg", "meia xícara, duas horas e meia, meio quilograma"),
    (
        "5 h 30 min, 2 h, 2 min e 20 m²",
        "cinco horas trinta minutos, duas horas, dois minutos e vinte metros quadrados",
    ),
    ("a 120 km/h, em km/h", "a cento e vinte quilômetros por hora, em quilômetros por hora"),
    (
        "Ligue para (11) 91234-5678.",
        "Ligue para onze, nove um dois três quatro, cinco meia sete oito.",
    ),
    (
        "11 91234-5678 ou 3456-7890",
        (
            "onze, nove um dois três quatro, cinco meia sete oito ou três quatro cinco meia, "
            "sete oito nove zero"
        ),
    ),
    (
        "+55 11 91234-5678",
        "mais cinquenta e cinco, onze, nove um dois três quatro, cinco meia sete oito",
    ),
    (
        "século XXI, séculos XIX e XX, século V",
        "século vinte e um, séculos dezenove e vinte, século quinto",
    ),
    (
        "Dom Pedro II, D. João VI, João XXIII e Luís XIV",
        "Dom Pedro segundo, Dom João sexto, João vinte e três e Luís catorze",
    ),
    (
        "capítulo IV, Rocky II e a II Guerra Mundial",
        "capítulo quatro, Rocky dois e a segunda Guerra Mundial",
    ),
    (
        "O Sr. Silva, a Dra. Costa e o Prof. João.",
        "O senhor Silva, a doutora Costa e o professor João.",
    ),
    ("p. ex. o nº 5, a pág. 12, etc.", "por exemplo o número cinco, a página doze, etcétera."),
    ("Rock & roll: 2 + 2 = 4", "Rock e roll: dois mais dois igual a quatro"),
    (
        "10x mais, 2x mais, 3x4, ±2",
        "dez vezes mais, duas vezes mais, três por quatro, mais ou menos dois",
    ),
    ("Aberto 24/7.", "Aberto vinte e quatro por sete."),
    ("joao.silva@example.com", "joao ponto silva arroba example ponto com"),
    (
        "www.example.com.br/ola-mundo_1",
        "www ponto example ponto com ponto br barra ola hífen mundo sublinhado um",
    ),
    (
        "Tenho 1 pergunta, 1 foto, 1 comentário, 1 produto e 1 mensagem.",
        "Tenho uma pergunta, uma foto, um comentário, um produto e uma mensagem.",
    ),
    (
        "1 coração, 1 problema, 2 fotos, 2 mil pessoas",
        "um coração, um problema, duas fotos, duas mil pessoas",
    ),
    (
        "O capítulo 1 trata de 1 ou 2 pessoas, 1 em cada 3.",
        "O capítulo um trata de uma ou duas pessoas, um em cada três.",
    ),
    (
        "2019-2020 e 1939-1945",
        (
            "dois mil e dezenove a dois mil e vinte e mil novecentos e trinta e nove a mil "
            "novecentos e quarenta e cinco"
        ),
    ),
    (
        "Espere 30 min. Depois 2 h. e 5 seg.",
        "Espere trinta minutos. Depois duas horas e cinco segundos.",
    ),
    (
        "2² = 4, x³, preço por m²",
        "dois ao quadrado igual a quatro, x ao cubo, preço por metro quadrado",
    ),
    (
        "x > 3, 5 < 8, x >= 2, 8 / 2 = 4 e > R$ 5",
        (
            "x maior que três, cinco menor que oito, x maior ou igual a dois, oito dividido "
            "por dois igual a quatro e mais de cinco reais"
        ),
    ),
    (
        "5 de set. de 2020, 3 fev. 2021",
        "cinco de setembro de dois mil e vinte, três de fevereiro de dois mil e vinte e um",
    ),
    (
        "P. ex. apto. 12, cel. 5, Pça. da Sé",
        "por exemplo apartamento doze, celular cinco, praça da Sé",
    ),
    ("em 79 d.C.", "em setenta e nove depois de Cristo."),
    ("Pesa 2 kg., e 3 m.", "Pesa dois quilogramas, e três metros."),
    (
        "Flamengo 2 x 1 Vasco, ganhou de 3x0, foto 3x4",
        "Flamengo dois a um Vasco, ganhou de três a zero, foto três por quatro",
    ),
    (
        "10k seguidores, 5 mi de views, 2 bi de pessoas",
        "dez mil seguidores, cinco milhões de views, dois bilhões de pessoas",
    ),
    (
        "Faz 30º à sombra, às 00h e às 08h.",
        "Faz trinta graus à sombra, às zero hora e às oito horas.",
    ),
    ("Só 1 ficou, mais 1 vez.", "Só um ficou, mais uma vez."),
]


@pytest.mark.parametrize(("written", "spoken"), SPOKEN)
def test_written_forms_are_said_as_speakers_say_them(written: str, spoken: str) -> None:
    assert normalize(written) == spoken


@pytest.mark.parametrize(
    "text", ["Tudo bem? Está ótimo, obrigado!", "A casa de Ana; ele disse: 'às vezes, à noite'."]
)
def test_words_stay_as_they_are(text: str) -> None:
    assert normalize(text) == text


@pytest.mark.parametrize(("_", "spoken"), SPOKEN)
def test_spoken_forms_stay_as_they_are(_: str, spoken: str) -> None:
    assert normalize(spoken) == spoken
