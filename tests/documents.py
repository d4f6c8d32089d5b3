"""The project's Markdown documents, parsed for the tests that compare them with the code."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.servers import PROJECT

_FOLDERS = ("", "bench", "bench/results", "deploy", "docs")
_PARSER = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True)
class Block:
    """A fenced block of code."""

    language: str
    """The text after the fence, or empty."""

    code: str


@dataclass(frozen=True)
class Document:
    """A Markdown file of the project."""

    path: Path

    @property
    def name(self) -> str:
        """The path within the project."""
        return self.path.relative_to(PROJECT).as_posix()

    @cached_property
    def text(self) -> str:
        return self.path.read_text()

    @cached_property
    def _tokens(self) -> list[Token]:
        return _PARSER.parse(self.text)

    @property
    def blocks(self) -> Iterator[Block]:
        """All fenced blocks, in their order."""
        for token in self._tokens:
            if token.type == "fence":
                yield Block(token.info.strip(), token.content)

    @property
    def links(self) -> Iterator[str]:
        """The targets of all links and pictures."""
        for token in self._tokens:
            for child in token.children or ():
                if target := child.attrGet("href") or child.attrGet("src"):
                    yield str(target)

    @property
    def anchors(self) -> set[str]:
        """The fragments that lead to its headings, made as GitHub makes them."""
        anchors: set[str] = set()
        for heading, inline in zip(self._tokens, self._tokens[1:], strict=False):
            if heading.type == "heading_open":
                text = "".join(child.content for child in inline.children or ())
                slug = re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
                number = sum(
                    re.fullmatch(rf"{slug}(-\d+)?", known) is not None for known in anchors
                )
                anchors.add(f"{slug}-{number}" if number else slug)
        return anchors

    def section(self, heading: str) -> str:
        """Return the text below `heading`, such as `## Tests`, up to the next of its level."""
        level = heading.partition(" ")[0]
        _, text = f"\n{self.text}".split(f"\n{heading}\n")
        return re.split(rf"^{level} ", text, flags=re.MULTILINE)[0]


DOCUMENTS = {
    document.name: document
    for folder in _FOLDERS
    for document in map(Document, sorted((PROJECT / folder).glob("*.md")))
}
"""Every document by its path within the project."""

MANUAL = [document for name, document in DOCUMENTS.items() if name.startswith(("README", "docs/"))]
"""The documents for those who use the server."""

MANUAL_BLOCKS = [block for document in MANUAL for block in document.blocks]
