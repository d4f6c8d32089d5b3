"""Removes the marks of inline Markdown: emphasis, links, code, HTML and formulas.

Overrides and pauses are read here, too, because escapes and code are known only here.
"""

import re
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from app.tts.text.markdown.emphasis import EmphasisState, ends_word
from app.tts.text.markup import Markup, find_mark, without_placeholders

WRAPPED_LINE = 40
"""An editor has wrapped a line of so many characters; a shorter one ends on purpose."""

_MARKS = re.compile(r"[*_`~\[<&\\$\n]")
# A line that begins with an emoji, a dot or bold type is meant to be a line of its own.
_GOES_ON = re.compile(r"[\w\"'(“‘«¿¡「『（]")

_FORMULAS = {"\\(": "\\)", "\\[": "\\]", "$$": "$$"}
# A single dollar sign is money unless the text between two of them cannot be an amount.
_DOLLAR_FORMULA = re.compile(r"(?<![\w$])\$(?=[^\s\d$])([^$\n]{1,200})(?<=\S)\$(?![\w$])")
_BARE_ADDRESS = re.compile(r"://[^\s<>()\[\]*`\"'|]+")
_AUTOLINK = re.compile(r"<((?:https?|ftp|mailto|tel):[^\s<>]+|[\w.+-]+@[\w-]+\.[\w.-]+)>", re.I)
_TAG = re.compile(r"<(/?)([a-z][\w-]*)((?:\s[^<>]*)?)/?>", re.I)
_IMAGE_TEXT = re.compile(r"\salt\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.I)
_POWER = re.compile(r"(?<=[\w)])<sup>([-+]?\d{1,9})</sup>", re.I)
_SUPERSCRIPTS = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_TAG_WITHIN_A_LINE = re.compile(
    r"a|abbr|b|big|cite|code|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strike|strong|su[bp]"
    r"|tt|u|var|wbr"
)
_DESTINATION = re.compile(
    r"\([ \n]?(<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*)"
    r"(?:[ \n]{1,3}(?:\"[^\"]{0,300}\"|'[^']{0,300}'))?[ \n]?\)"
)
_REFERENCE = re.compile(r" ?\[([^\[\]\n]{0,100})\]")
_OPENING_BRACKET = re.compile(r"!?\[")
_FOOTNOTE = re.compile(r"\[\^([\w-]{1,30})\]")
_PLACEHOLDER = "placeholder"
"""Type of the tokens for overrides and pauses."""

_ABSOLUTE_ADDRESS = re.compile(r"<?(?:[a-z][a-z0-9+.-]*:|www\.|[/#.])", re.I)


@dataclass(frozen=True)
class Document:
    """Facts about the whole text that its lines depend on."""

    tags: frozenset[str] = frozenset()
    """Names of HTML elements that are both opened and closed, unlike `<your name>`."""

    footnotes: frozenset[str] = frozenset()
    references: frozenset[str] = frozenset()
    """Labels of links' addresses, in lower case."""

    markup: Markup | None = None
    """Gathers overrides and pauses; without it, they are read as links and text."""


def without_marks(source: str, document: Document) -> str:
    """Return the words of `source`, the text of one paragraph or cell, on one line or several.

    The result holds placeholders for its overrides and pauses alone, whatever its entities mean.
    """
    if not _MARKS.search(source):
        return without_placeholders(source)
    state = EmphasisState(
        source, _PARSER, {"document": document, "brackets": [], "missing": set()}, []
    )
    _PARSER.inline.tokenize(state)
    for rule in _PARSER.inline.ruler2.getRules():
        rule(state)
    text = line = ""
    for position, token in enumerate(state.tokens):
        if token.type in ("softbreak", "hardbreak"):
            following = "".join(
                token.content for token in state.tokens[position + 1 : position + 2]
            )
            goes_on = len(line) >= WRAPPED_LINE and _GOES_ON.match(following) is not None
            text += line + (" " if goes_on and token.type == "softbreak" else "\n")
            line = ""
        elif token.type == _PLACEHOLDER:
            line += token.content
        else:
            line += without_placeholders(token.content)
    return text + line


def _formula(state: StateInline, silent: bool) -> bool:
    source, start = state.src, state.pos
    if closing := _FORMULAS.get(source[start : start + 2]):
        end = _find(state, closing, start + 2)
        content, end = source[start + 2 : end], end + len(closing)
    elif match := _DOLLAR_FORMULA.match(source, start):
        content, end = match[1], match.end()
    else:
        return False
    if end < start + 2:
        return False
    before = " " if source[start - 1 : start].isalnum() else ""
    after = " " if source[end : end + 1].isalnum() else ""
    return _push(state, before + " ".join(content.split()) + after, end)


def _override_or_pause(state: StateInline, silent: bool) -> bool:
    markup: Markup | None = state.env["document"].markup
    mark = find_mark(state.src, state.pos) if markup else None
    if markup is None or mark is None:
        return False
    state.push(_PLACEHOLDER, "", 0).content = markup.placeholder(mark)
    state.pos = mark.end()
    return True


def _bare_address(state: StateInline, silent: bool) -> bool:
    match = _BARE_ADDRESS.match(state.src, state.pos)
    return match is not None and _push(state, match[0], match.end())


def _brackets(state: StateInline, silent: bool) -> bool:
    source, start = state.src, state.pos
    if opening := _OPENING_BRACKET.match(source, start):
        if opening[0] == "![" and find_mark(source, start + 1):
            return False  # the end of a sentence, not an image
        footnote = _FOOTNOTE.match(source, start)
        if footnote and (footnote[1].isdecimal() or footnote[1] in state.env["document"].footnotes):
            return _push(state, "", footnote.end())
        _push(state, opening[0], opening.end())
        state.env["brackets"].append((state.tokens[-1], start, opening.end()))
        return True
    if source[start] != "]" or not state.env["brackets"]:
        return False
    token, outside, inside = state.env["brackets"].pop()
    end = _link_end(state, outside, inside)
    if end is None:
        return _push(state, "]", start + 1)
    token.content = ""
    return _push(state, "", end)


def _link_end(state: StateInline, outside: int, inside: int) -> int | None:
    source = state.src
    if match := _DESTINATION.match(source, state.pos + 1):
        # "array[0](x)" is not a link.
        is_index = outside > 0 and (
            source[outside - 1] in ")]" or not ends_word(source[outside - 1])
        )
        has_address = not match[1] or any(mark in match[1] for mark in "./#@:")
        if _ABSOLUTE_ADDRESS.match(match[1]) or (has_address and not is_index):
            return match.end()
    if match := _REFERENCE.match(source, state.pos + 1):
        label = match[1] or source[inside : state.pos]
        if label.lower() in state.env["document"].references:
            return match.end()
    return None


def _angle(state: StateInline, silent: bool) -> bool:
    source, start = state.src, state.pos
    if source.startswith("<!--", start):
        end = _find(state, "-->", start + 4)
        return end >= 0 and _push(state, "", end + 3)
    if match := _AUTOLINK.match(source, start):
        return _push(state, match[1], match.end())
    if match := _POWER.match(source, start):
        return _push(state, match[1].translate(_SUPERSCRIPTS), match.end())
    if not (match := _TAG.match(source, start)):
        return False
    name = match[2].lower()
    if name == "img":
        text = _IMAGE_TEXT.search(match[3])
        return _push(state, (text[1] or text[2] or "") if text else "", match.end())
    if name not in ("br", "hr", "wbr") and name not in state.env["document"].tags:
        return False
    if not _TAG_WITHIN_A_LINE.fullmatch(name):
        state.push("hardbreak", "br", 0)
    return _push(state, "", match.end())


def _find(state: StateInline, mark: str, start: int) -> int:
    # A mark that is missing once is missing from there on; searching again would take quadratic
    # time in a text of many openings.
    if mark in state.env["missing"]:
        return -1
    end = state.src.find(mark, start)
    if end < 0:
        state.env["missing"].add(mark)
    return end


def _push(state: StateInline, text: str, end: int) -> bool:
    state.push("text", "", 0).content = text
    state.pos = end
    return True


def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero").enable(
        ["newline", "escape", "backticks", "strikethrough", "emphasis", "entity"]
    )
    rules = parser.inline.ruler
    rules.before("escape", "formula", _formula)
    for name, rule in [
        ("address", _bare_address),
        ("markup", _override_or_pause),
        ("brackets", _brackets),
        ("angle", _angle),
    ]:
        rules.push(name, rule)
    # Rules are compiled on first use, which two threads must not do at once.
    rules.getRules()
    parser.inline.ruler2.getRules()
    return parser


_PARSER = _parser()
