"""Turns Markdown, as chat models write it, into text as a person would read it aloud."""

import re
from itertools import zip_longest

from markdown_it import MarkdownIt
from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.rules_block import StateBlock, blockquote, list_block
from markdown_it.token import Token

from app.tts.text.markdown.inline import WRAPPED_LINE, Document, without_marks
from app.tts.text.markup import Markup, without_placeholders

_MARKS = re.compile(r"[*_`~\[<&\\|$]|^[ \t]*(?:[#>+-]|=+[ \t]*$|\d{1,9}[.)](?:\s|$))", re.MULTILINE)
# A whole text such as "- 5 degrees" or "> 5" is neither a list nor a quotation.
_SIGNED_NUMBER = re.compile(r"\s*[-+>] ?\d[^\n]*\n?")
_TASK = re.compile(r"\A\[[ xX]\]\s+")
_CALLOUT = re.compile(r"^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*$")
_FOOTNOTE = re.compile(r"^[ \t>]*\[\^([\w-]{1,30})\]:", re.MULTILINE)
_REFERENCE = re.compile(
    r"^[ \t>]*\[([^\[\]\n^][^\[\]\n]{0,99})\]:[ \t]*<?(?:https?://|www\.|mailto:)[^\n]*$",
    re.MULTILINE | re.IGNORECASE,
)
_OPENING_TAG = re.compile(r"<([a-z][\w-]*)[\s>/]", re.IGNORECASE)
_CLOSING_TAG = re.compile(r"</([a-z][\w-]*)\s?>", re.IGNORECASE)
# `split_sentences` would take these lines for one sentence wrapped by an editor.
_SEEMS_WRAPPED = re.compile(rf"(?<=[^\n]{{{WRAPPED_LINE}}})(?<=[\w,])\n(?=[^\W\d_A-Z])")
_DEEPEST_LEVEL = 40
_LONGEST_ITEM_NUMBER = 3
_MOST_REPEATED = 10
"""Headings of a table are read with each row unless they make it more than so many times longer.
Then they are read once, or a short text could become hours of speech."""


def plain(text: str, markup: Markup | None = None) -> str:
    """Return `text` without the marks of Markdown, each paragraph, item, row or line on a line.

    Addresses of links, languages of code blocks, footnote marks and HTML tags are removed; all
    words stay. Text without marks is returned as it is. Overrides and pauses become placeholders of
    `markup` unless they are escaped or code; raises as `Markup.placeholder` does.
    """
    text = without_placeholders(text)
    if not _MARKS.search(text):
        return text
    if _SIGNED_NUMBER.fullmatch(text):
        return without_marks(text.strip(), Document(markup=markup))
    document = _document(text, markup)
    lines: list[str] = []
    number = ""  # waits for the text of its list item
    is_item = False
    for token in _PARSER.parse(text):
        block: list[str] = []
        if token.type == "list_item_open":
            number += _spoken_number(token)
            is_item = True
        elif token.type == "list_item_close":
            block = [number.replace(": ", ". ")]
            number = ""
            is_item = False
        elif token.type == "fence":
            block = _code(token)
        elif token.type == "inline":
            content = _TASK.sub("", token.content) if is_item else token.content
            block = _paragraph(content, document)
        block = [line.strip() for line in block if line.strip()]
        if block:
            lines += [number + block[0], *block[1:]]
            number = ""
            is_item = False
    return _SEEMS_WRAPPED.sub("\n\n", "\n".join(lines))


def _document(text: str, markup: Markup | None) -> Document:
    opened = {name.lower() for name in _OPENING_TAG.findall(text)}
    closed = {name.lower() for name in _CLOSING_TAG.findall(text)}
    lowered = text.lower()
    labels = {label.lower() for label in _REFERENCE.findall(text)}
    # Labels that nothing refers to form a list of sources, which is text.
    references = {label for label in labels if lowered.count(f"[{label}]") > 1}
    footnotes = frozenset(_FOOTNOTE.findall(text))
    return Document(frozenset(opened & closed), footnotes, frozenset(references), markup)


def _spoken_number(item: Token) -> str:
    # A colon ends no sentence in any language, and every voice makes a short pause for it. Nor does
    # "1)" end one; "2019." is not the number of an item but the end of a sentence.
    if not item.info:
        return ""
    is_number = item.markup == "." and len(item.info) <= _LONGEST_ITEM_NUMBER
    return f"{item.info}: " if is_number else f"{item.info}{item.markup} "


def _code(token: Token) -> list[str]:
    # A language is one word or has settings; "~~~ like this ~~~" is not meant as a fence.
    is_language = len(token.info.split()) < 2 or any(mark in token.info for mark in "={:")
    return ([] if is_language else [token.info]) + token.content.split("\n")


def _paragraph(content: str, document: Document) -> list[str]:
    source = content.split("\n")
    lines: list[str] = []
    start = position = 0
    while position < len(source):
        if not _is_table(source[position : position + 2]):
            position += 1
            continue
        lines += _prose(source[start:position], document)
        start = position
        position += 2
        while position < len(source) and "|" in source[position]:
            position += 1
        lines += _table(source[start:position], document)
        start = position
    return lines + _prose(source[start:], document)


def _prose(source: list[str], document: Document) -> list[str]:
    kept = []
    for line in source:
        reference = _REFERENCE.match(line)
        if not (reference and reference[1].lower() in document.references):
            kept.append(_CALLOUT.sub(r"\1", _FOOTNOTE.sub("", line)))
    return without_marks("\n".join(kept).strip(), document).split("\n")


def _is_table(lines: list[str]) -> bool:
    return (
        len(lines) == 2
        and all("|" in line for line in lines)
        and all(re.fullmatch(r":?-+:?", cell) for cell in _cells(lines[1]))
    )


def _cells(line: str) -> list[str]:
    line = re.sub(r"^\||(?<!\\)\|$", "", line.strip())
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)]


def _table(source: list[str], document: Document) -> list[str]:
    table = [
        [", ".join(without_marks(cell, document).split("\n")) for cell in _cells(line)]
        for line in [source[0], *source[2:]]
    ]
    headings, rows = [heading.rstrip(":：") for heading in table[0]], table[1:]
    if len(source[0]) * len(rows) > _MOST_REPEATED * sum(map(len, source)):
        return [_row(cells) for cells in table if any(cells)]
    filled = {column for row in rows for column, cell in enumerate(row) if cell}
    # The heading of a column without a cell would be lost.
    unused = [
        heading for column, heading in enumerate(headings) if column not in filled and heading
    ]
    lines = [_row(unused)] if unused else []
    return lines + [_row(_labelled(headings, row)) for row in rows if any(row)]


def _labelled(headings: list[str], row: list[str]) -> list[str]:
    if not any(headings) and len(row) == 2 and all(row):
        return [f"{row[0]}: {row[1]}"]
    return [
        f"{heading}: {cell}" if heading else cell
        for heading, cell in zip_longest(headings, row, fillvalue="")
        if cell
    ]


def _row(cells: list[str]) -> str:
    *first, last = filter(None, cells)
    row = ", ".join([*(cell.rstrip(".。") for cell in first), last])
    return row if row.endswith(tuple(".!?…。！？")) else row + "."


def _shallow(rule: RuleFuncBlockType) -> RuleFuncBlockType:
    # Anything nested deeper is read as a paragraph; markdown-it itself would drop it.
    def bounded(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return state.level < _DEEPEST_LEVEL and rule(state, start, end, silent)

    return bounded


def _parser() -> MarkdownIt:
    # Left out are indented code, which is indented prose here; HTML, which `without_marks` reads;
    # definitions of links, which would vanish; and tables, whose longer rows would lose cells.
    parser = MarkdownIt("zero", {"maxNesting": 2 * _DEEPEST_LEVEL})
    rules = parser.block.ruler
    parser.enable(["fence", "blockquote", "hr", "list", "heading", "lheading"])
    ends = ["paragraph", "reference", "blockquote"]
    rules.at("blockquote", _shallow(blockquote), {"alt": [*ends, "list"]})
    rules.at("list", _shallow(list_block), {"alt": ends})
    parser.core.ruler.disable(["inline", "text_join"])
    # Rules are compiled on first use, which two threads must not do at once.
    rules.getRules()
    parser.core.ruler.getRules()
    return parser


_PARSER = _parser()
