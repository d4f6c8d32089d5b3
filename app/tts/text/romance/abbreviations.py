"""Rules for abbreviations and signs that Romance languages share."""

from collections.abc import Mapping

from app.tts.text.rules import Rule


def before_number(words: Mapping[str, str]) -> tuple[Rule, ...]:
    """Return rules for abbreviations before digits, `art. 5`, given without their full stop."""
    return tuple(
        Rule(rf"(?i)\b{short}\. ?(?=\d)", f"{word} ", f"({short}. 5) -> ({word} 5)")
        for short, word in words.items()
    )


def before_numeral(words: Mapping[str, str]) -> tuple[Rule, ...]:
    """Return rules for abbreviations before digits or Roman numerals, `cap. IV`."""
    return tuple(
        Rule(
            rf"(?i)\b{short}\. ?(?=[\dIVX])",
            f"{word} ",
            f"({short}. 4) -> ({word} 4)",
            f"({short}. IV) -> ({word} IV)",
        )
        for short, word in words.items()
    )


def christian_era(before: str, after: str) -> tuple[Rule, ...]:
    """Return rules for `a. C.` and `d. C.`; the full stop of a sentence stays."""
    return (
        Rule(
            r"\ba\. ?C\.(?! *$)|\ba\. ?C\b",
            before,
            f"52 a. C. (I) -> 52 {before} (I)",
            f"52 a.C. -> 52 {before}.",
        ),
        Rule(
            r"\bd\. ?C\.(?! *$)|\bd\. ?C\b",
            after,
            f"79 d. C. (I) -> 79 {after} (I)",
            f"79 d.C. -> 79 {after}.",
        ),
    )


def minimum(word: str) -> tuple[Rule, ...]:
    """Return rules for `min.` where it is not minutes; the full stop of a sentence stays."""
    return (
        Rule(r"(?i)(?<!\d)(?<!\d )\bmin\.(?! ?$)", word, f"Min. 3 -> {word} 3"),
        Rule(r"(?i)(?<!\d)(?<!\d )\bmin\.", f"{word}.", f"(min. -> ({word}."),
    )


def sign_rules(*, conjunctions: str, kilometres_per_hour: str, number: str) -> tuple[Rule, ...]:
    """Return rules for and/or (Spanish `y/o`), km/h without a number, and `#`."""
    joined = conjunctions.replace("/", " ")
    return (
        Rule(rf"\b{conjunctions}\b", joined, f"A {conjunctions} B -> A {joined} B"),
        Rule(
            r"(?<!\d)(?<!\d )\bkm/h\b",
            kilometres_per_hour,
            f"100 (km/h) -> 100 ({kilometres_per_hour})",
        ),
        Rule(r"#(?=\d)", f"{number} ", f"#1 -> {number} 1"),
        Rule(r"(?<!\w)#(?=[^\W\d_])", "hashtag ", "#Roma -> hashtag Roma"),
    )
