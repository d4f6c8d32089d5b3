"""English signs and idioms of numbers: 24/7, 4x6, ~20, C#, and/or."""

from app.tts.text.rules import Rule, apply_rules


def verbalize_idioms(text: str) -> str:
    """Write out signs that have a special meaning next to digits."""
    return apply_rules(text, _IDIOMS)


def verbalize_signs(text: str) -> str:
    """Write out signs that have a special meaning next to letters."""
    return apply_rules(text, _SIGNS)


_IDIOMS = (
    # Before fractions and dates.
    Rule(r"(?<![\d/])24/7(?![\d/])", "twenty-four seven", "open 24/7 -> open twenty-four seven"),
    Rule(r"(?<![\d/])9/11(?![\d/])", "nine eleven", "after 9/11 -> after nine eleven"),
    Rule(r"(?<![\d/])50/50(?![\d/])", "fifty-fifty", "split it 50/50 -> split it fifty-fifty"),
    Rule(r"(?<=\d)\s?[x×]\s?(?=\d)", " by ", "a 4x6 photo -> a 4 by 6 photo"),
    Rule(r"(?<=\d)[x×](?= [a-z]+(?:er|re|ed)\b)", " times", "3x faster -> 3 times faster"),
    Rule(r"(\d)'\s?(\d{1,2})\"", r"\1 foot \2", "6'2\" tall -> 6 foot 2 tall"),
    Rule(r"(?<=\d)st(?= \d{1,2} ?lb)", " stone", "he weighs 12st 5lb -> he weighs 12 stone 5lb"),
    Rule(r"(?<=\d[kKM])\s?[-–]\s?(?=\d)", " to ", "10k-20k steps -> 10k to 20k steps"),
    Rule(r"(?<=\d)M\b", " million", "1.5M users -> 1.5 million users"),
    Rule(r"(?<=\d)bn\b", " billion", "worth 3bn -> worth 3 billion"),
    Rule(r"(?<=\d) ?\* ?(?=\d)", " times ", "2 * 3 -> 2 times 3"),
    Rule(
        r"(?<=\d) ?÷ ?(?=\d)| (?<=\d )/(?= \d)",
        " divided by ",
        "10÷2 -> 10 divided by 2",
        "10 / 2 -> 10 divided by  2",
    ),
    Rule(
        r"(?<=\w) \^ (?=\w)|(?<=\w)\^(?=\w)",
        " to the power of ",
        "2^10 -> 2 to the power of 10",
        "x ^ 2 -> x to the power of 2",
    ),
    Rule(r"(?<!\S)~\s?(?=[\d$€£])", "about ", "it is ~20 minutes -> it is about 20 minutes"),
    Rule(r"<\s?(?=[\d$€£])", " less than ", "if <5 -> if  less than 5"),
    Rule(r">\s?(?=[\d$€£])", " greater than ", "if > $5 -> if  greater than $5"),
    Rule(r"(?<=\d)\+(?=\s|$|[,.;])", " plus", "ages 12+ only -> ages 12 plus only"),
)
_SIGNS = (
    Rule(r"\band/or\b", "and or", "tea and/or coffee -> tea and or coffee"),
    Rule(r"(?<!\w)#(?=[^\W\d_])", "hashtag ", "see #cats -> see hashtag cats"),
    Rule(r"\bC#", "C sharp", "a C# minor -> a C sharp minor"),
    Rule(r"\bF#", "F sharp", "in F# -> in F sharp"),
)
