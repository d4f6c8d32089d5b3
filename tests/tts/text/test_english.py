"""English is written out as Americans and the British say it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tts.text.english import normalize

BOTH = [
    # Numbers
    ("I have 3 cats and 21 dogs.", "I have three cats and twenty-one dogs."),
    ("It costs 1,200,000 in all.", "It costs one million two hundred thousand in all."),
    ("Pi is 3.14159.", "Pi is three point one four one five nine."),
    ("Add 0.5 or .5 of it.", "Add zero point five or zero point five of it."),
    ("A loss of -12 and a gain of +7.", "A loss of minus twelve and a gain of plus seven."),
    ("Agent 007 called.", "Agent zero zero seven called."),
    ("About 50% of 3.5%.", "About fifty percent of three point five percent."),
    ("5-10% of them", "five to ten percent of them"),
    ("the 1st, 2nd, 3rd and 21st", "the first, second, third and twenty-first"),
    ("Pages 10-15 and 3–5 eggs.", "Pages ten to fifteen and three to five eggs."),
    (
        "1/2 a cup, 3/4 of it, 2 1/2 times",
        "one half a cup, three quarters of it, two and one half times",
    ),
    ("½ a cup and 1½ spoons", "one half a cup and one and one half spoons"),
    ("We work 24/7.", "We work twenty-four seven."),
    ("Room 12B, mp3, COVID-19", "Room twelve B, mp three, COVID nineteen"),
    ("2 + 2 = 4", "two plus two equals four"),
    ("2 * 3 is 6", "two times three is six"),
    ("10 ÷ 2", "ten divided by two"),
    ("It is ~20 minutes.", "It is about twenty minutes."),
    ("a 4x6 photo, 3x faster", "a four by six photo, three times faster"),
    ("1.5M users", "one point five million users"),
    (
        "12345678901234567890",
        "one two three four five six seven eight nine zero " * 2,
    ),
    # Money
    ("It's $5.", "It's five dollars."),
    ("$1 or $0.99 or $3.50", "one dollar or ninety-nine cents or three dollars and fifty cents"),
    ("$1,200.00", "one thousand two hundred dollars"),
    ("£2.50 or 50p? €20!", "two pounds fifty or fifty p? twenty euros!"),
    ("¥500, ₹300 and R$ 10", "five hundred yen, three hundred rupees and ten reais"),
    ("a $1.5 million house, $2bn", "a one point five million dollar house, two billion dollars"),
    ("$5-10 each, $20/month", "five to ten dollars each, twenty dollars per month"),
    ("-$5", "minus five dollars"),
    ("20 USD or US$20", "twenty US dollars or twenty US dollars"),
    ("5¢ and 1¢", "five cents and one cent"),
    ("a $20 bill, a $3bn deal", "a twenty dollar bill, a three billion dollar deal"),
    ("$5-$10 or $5–$10", "five to ten dollars or five to ten dollars"),
    ("10k-20k steps", "ten k to twenty k steps"),
    ("milk — 1 cup, at -1", "milk — one cup, at minus one"),
    ("5 - 3 = 2", "five minus three equals two"),
    ("It ended 12 - 9.", "It ended twelve — nine."),
    ("₹1,00,000", "one hundred thousand rupees"),
    (
        "1/2 lb, 3/4 oz, 2¾ lb",
        "one half pound, three quarters of an ounce, two and three quarters pounds",
    ),
    ("Call 911 or dial 112.", "Call nine one one or dial one one two."),
    ("NY 10001", "NY one zero zero zero one"),
    (
        "ISBN 978-3-16-148410-0",
        "ISBN nine seven eight three one six one four eight four one zero zero",
    ),
    ("H~2~O", "H~two~O"),
    # Dates and years
    ("In 1984 and 2024.", "In nineteen eighty-four and twenty twenty-four."),
    ("It was 1905, then 1900.", "It was nineteen oh five, then nineteen hundred."),
    (
        "the 1990s, the '80s and the 2000s",
        "the nineteen nineties, the eighties and the two thousands",
    ),
    ("mid-1990s, late-1980s", "mid-nineteen nineties, late-nineteen eighties"),
    ("In 1066", "In ten sixty-six"),
    ("from 1939-1945", "from nineteen thirty-nine to nineteen forty-five"),
    ("2023-24", "twenty twenty-three to twenty-four"),
    (
        "There were 1500 people and 2000 files.",
        "There were one thousand five hundred people and two thousand files.",
    ),
    ("on Mon. and Tues.", "on Monday and Tuesday."),
    ("in June 2024", "in June twenty twenty-four"),
    ("since Sept. 2019", "since September twenty nineteen"),
    # Times
    ("at 3:30", "at three thirty"),
    ("at 3:05 and 3:00", "at three oh five and three o'clock"),
    ("at 3:30 pm or 9 a.m.", "at three thirty PM or nine AM."),
    ("9am-5pm, 9-5pm", "nine AM to five PM, nine to five PM"),
    ("Open 9am-5 p.m.", "Open nine AM to five PM."),
    ("9-5 p.m. ok", "nine to five PM ok"),
    ("9:00-17:00", "nine o'clock to seventeen hundred"),
    ("at 10.30am", "at ten thirty AM"),
    ("3pm, 10:15AM", "three PM, ten fifteen AM"),
    ("The 15:45 train", "The fifteen forty-five train"),
    ("from 9:00 to 17:00", "from nine o'clock to seventeen hundred"),
    ("a ratio of 16:9", "a ratio of sixteen to nine"),
    # Units
    ("3 kg, 1 kg and 10GB", "three kilograms, one kilogram and ten gigabytes"),
    ("at 60 mph or 1 mph", "at sixty miles per hour or one mile per hour"),
    (
        "It is -5°C, or 23 °F.",
        "It is minus five degrees Celsius, or twenty-three degrees Fahrenheit.",
    ),
    ("a 5-GB file", "a five gigabyte file"),
    ("3-5 kg of it", "three to five kilograms of it"),
    ("turn 90°", "turn ninety degrees"),
    ("He is 6'2\" tall.", "He is six foot two tall."),
    # Abbreviations
    ("Dr. Smith and Mrs. Jones", "Doctor Smith and Missus Jones"),
    ("Mr Brown, Ms Lee and Dr Who", "Mister Brown, Miz Lee and Doctor Who"),
    ("St. John lives on Baker St.", "Saint John lives on Baker Street."),
    ("21B Baker St., London", "twenty-one B Baker Street, London"),
    ("12 Elm Ave. or 5th Ave.", "twelve Elm Avenue or fifth Avenue."),
    ("cats vs. dogs, e.g. mine, i.e. Tom", "cats versus dogs, for example mine, that is Tom"),
    ("pens, paper, etc.", "pens, paper, et cetera."),
    ("No. 5 and #1, fig. 2, p. 7", "number five and number one, figure two, page seven"),
    ("I said no.", "I said no."),
    ("Martin Luther King Jr. spoke.", "Martin Luther King Junior spoke."),
    ("the U.S. and the U.K.", "the US and the UK."),
    ("She has a Ph.D. in physics.", "She has a P H D in physics."),
    ("coffee w/ milk, w/o sugar", "coffee with milk, without sugar"),
    # Names and numerals
    ("Henry VIII and Elizabeth II", "Henry the Eighth and Elizabeth the Second"),
    ("World War II, Chapter IV", "World War two, Chapter four"),
    ("Louis XIV's palace", "Louis the Fourteenth's palace"),
    ("Rocky III was on.", "Rocky three was on."),
    ("Vitamin C and I agree.", "Vitamin C and I agree."),
    # Capitals
    ("THIS IS FOR US", "THIS is for us"),
    ("THE US AND UK SIGN IT", "the US AND UK SIGN it"),
    ("US ECONOMY GROWS AT FASTEST PACE", "US Economy GROWS at Fastest PACE"),
    ("LGBTQIA and NASDAQ", "LGBTQIA and Nasdaq"),
    ("See CHANGELOG.md, HTTPS", "See Changelog dot md, HTTPS"),
    ("NASA and the US", "NASA and the US"),
    ("You MUST NOT go; DO NOT.", "You MUST NOT go; do not."),
    # Addresses
    ("See https://example.com/docs/start.", "See example dot com slash docs slash start."),
    ("Visit www.example.org!", "Visit www dot example dot org!"),
    ("Mail jane.doe@example.com.", "Mail jane dot doe at example dot com."),
    ("See /etc/hosts. The .gitignore", "See slash etc slash hosts. The .gitignore"),
    ("Open config.yaml in src/app.", "Open config dot yaml in src slash app."),
    ("Python 3.11 and v2.1.0", "Python three point one one and version two point one point zero"),
    ("at 10.0.0.1", "at one zero dot zero dot zero dot one"),
    # Phones
    ("Call 555-123-4567.", "Call five five five, one two three, four five six seven."),
    ("Call (555) 123-4567.", "Call five five five, one two three, four five six seven."),
    # Signs
    ("R&B, Q&A", "R and B, Q and A"),
    ("C++ and C#", "C plus plus and C sharp"),
    ("he/she and/or they", "he slash she and or they"),
    ("#winning", "hashtag winning"),
    ("@home", "at home"),
    ("x² ≤ 4", "x squared is at most four"),
    ("Nguyễn Dvořák and café", "Nguyen Dvorák and café"),
    ("Nothing to change here, is there?", "Nothing to change here, is there?"),
]

AMERICAN = [
    ("365 days", "three hundred sixty-five days"),
    ("12/25/2024", "December twenty-fifth, twenty twenty-four"),
    ("2024-07-04", "July fourth, twenty twenty-four"),
    ("on July 4, 1776", "on July fourth, seventeen seventy-six"),
    ("on 6 June 1944", "on the sixth of June nineteen forty-four"),
    ("Oct. 3rd at 5 pm", "October third at five PM"),
    ("March 3-5", "March third to fifth"),
    ("in 2005", "in two thousand five"),
    (
        "call 1-800-555-0199",
        "call one, eight zero zero, five five five, zero one nine nine",
    ),
    ("call 202-555-0143", "call two zero two, five five five, zero one four three"),
    ("5 km", "five kilometers"),
]

BRITISH = [
    ("365 days", "three hundred and sixty-five days"),
    ("25/12/2024", "the twenty-fifth of December twenty twenty-four"),
    ("2024-07-04", "the fourth of July twenty twenty-four"),
    ("on July 4, 1776", "on July the fourth, seventeen seventy-six"),
    ("on 6 June 1944", "on the sixth of June nineteen forty-four"),
    ("in 2005", "in two thousand and five"),
    ("on 2 Jan 24", "on the second of January twenty twenty-four"),
    ("call 07700 900123", "call oh seven seven oh oh, nine oh oh one two three"),
    ("He weighs 12st 5lb", "He weighs twelve stone five pounds"),
    ("call 020 7946 0958", "call oh two oh, seven nine four six, oh nine five eight"),
    (
        "call +44 20 7946 0958",
        "call plus four four, two oh, seven nine four six, oh nine five eight",
    ),
    ("5 km", "five kilometres"),
]


@pytest.mark.parametrize(("text", "spoken"), BOTH)
def test_all_speakers_of_english_say(text: str, spoken: str) -> None:
    assert normalize(text) == spoken.strip()
    assert normalize(text, british=True) == spoken.strip()


@pytest.mark.parametrize(("text", "spoken"), AMERICAN)
def test_americans_say(text: str, spoken: str) -> None:
    assert normalize(text) == spoken.strip()


@pytest.mark.parametrize(("text", "spoken"), BRITISH)
def test_the_british_say(text: str, spoken: str) -> None:
    assert normalize(text, british=True) == spoken.strip()


@pytest.mark.parametrize(("text", "spoken"), [*BOTH, *AMERICAN])
def test_text_in_words_stays_as_it_is(text: str, spoken: str) -> None:
    assert normalize(spoken.strip()) == spoken.strip()


@given(st.text(st.sampled_from("abcXYZ ,!?'\U000f0000"), max_size=200))
def test_words_come_out_as_they_went_in(text: str) -> None:
    assert "".join(normalize(text).lower().split()) == "".join(text.lower().split())
