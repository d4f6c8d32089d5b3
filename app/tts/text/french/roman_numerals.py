"""Roman numerals in French, told by their neighbours; ordinals such as `XIXe` are in `numbers`."""

from app.tts.text.conventions import Gender
from app.tts.text.french.numbers import cardinal, ordinal
from app.tts.text.romance.roman_numerals import RomanWords, roman_numeral_rules

_WORDS = RomanWords(
    centuries="siècles?",
    things="chapitres?|tomes?|volumes?|livre|partie|acte|scène|titre|phase|type|groupe|annexe|"
    "article|section|classe|niveau|catégorie|vatican|division|guerre mondiale",
    rulers="Louis|Charles|Henri|François|Philippe|Napoléon|Jean-Paul|Jean|Paul|Pie|Léon|Benoît|"
    "Grégoire|Clément|Innocent|Alexandre|Édouard|Edouard|Élisabeth|Elizabeth|Elisabeth|Georges?|"
    "Guillaume|Frédéric|Richard|Jacques|Nicolas|Ivan|Pierre|Catherine|Léopold|Albert|Baudouin|"
    "Rainier|Ramsès|Ptolémée|Darius|Urbain|Boniface|Robert|Lothaire|Clovis|Dagobert|Hugues|Marie|"
    "Isabelle|Alphonse|Ferdinand|Juan Carlos|Felipe|Victoria|Mehmed|Soliman|Hassan|Mohammed",
    links="et|à|au|ou",
    articles={"l'an": Gender.MASCULINE},
    cardinal=lambda number: cardinal(number, None),
    century=lambda number: cardinal(number, None),
    ruler=lambda number, gender: "premier" if number == 1 else cardinal(number, None),
    ordinal=ordinal,
)
ROMAN_NUMERALS = roman_numeral_rules(_WORDS)
