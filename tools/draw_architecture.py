"""Draw docs/architecture.svg: the rooms of app/ in layers, and every import between them.

    python tools/draw_architecture.py docs/architecture.svg

The layers are those of import-linter's contracts in setup.cfg, and the imports those of the code.
Run it again when a room or an import between rooms comes or goes; a test compares the result.
"""

import sys
from collections.abc import Iterator, Mapping
from configparser import ConfigParser
from dataclasses import dataclass
from pathlib import Path

import grimp

PROJECT = Path(__file__).parent.parent

BOX_WIDTH, BOX_HEIGHT, ROW = 150, 26, 46
"""Of a room's box, and from one box to the next, in pixels."""

MARGIN, TOP = 16, 56
ARC_STEP = 15
"""How much further to the side an arc swings for each row that it passes."""

STYLE = """
text { font: 13px system-ui, sans-serif; fill: #1f2328; text-anchor: middle }
.title { font-weight: 600 }
.note { font-size: 11px; fill: #59636e }
rect { fill: #eef4ff; stroke: #4a76c9 }
path { fill: none; stroke: #4a76c9; stroke-width: 1.6 }
.also { stroke: #8c959f; stroke-width: 1; opacity: .75 }
.head { fill: #4a76c9; stroke: none }
.also-head { fill: #8c959f; stroke: none }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 }
  .note { fill: #9198a1 }
  rect { fill: #16243d; stroke: #7aa2ef }
  path { stroke: #7aa2ef }
  .also { stroke: #7d8590 }
  .head { fill: #7aa2ef }
  .also-head { fill: #7d8590 }
}
"""

ENGINE = ("build_engine", "engine")
"""The modules of app/tts that are shown beside its folders; all others are leaves or records."""

Imports = Mapping[str, set[str]]
"""The rooms that each room imports."""


@dataclass(frozen=True)
class Panel:
    """One package and its rooms, from top to bottom."""

    title: str
    note: str
    rooms: list[str]
    imports: Imports

    @property
    def width(self) -> int:
        """Pixels with the arcs at both sides, which come three quarters of the way they swing."""
        return BOX_WIDTH + 2 * (MARGIN + ARC_STEP * len(self.rooms) * 3 // 4)

    @property
    def height(self) -> int:
        """Pixels with the title."""
        return TOP + ROW * len(self.rooms)


def panels() -> list[Panel]:
    """Return the rooms of the whole program, and those of speech within it."""
    graph = grimp.build_graph("app", cache_dir=None)
    whole = _imports(graph, "app")
    rooms = _layers("rooms")
    # create_app belongs right above the highest room that it imports.
    rooms.insert(min(rooms.index(room) for room in whole["app"]), "app")
    speech = _imports(graph, "app.tts")
    shown = [
        room
        for room in _layers("speech")
        if room in ENGINE or (PROJECT / "app" / "tts" / room).is_dir()
    ]
    return [
        Panel("app/", "app is app/__init__.py, with create_app()", rooms, whole),
        Panel("app/tts/", "the engine and the folders below it", shown, speech),
    ]


def _layers(contract: str) -> list[str]:
    """Return the parts that a contract of setup.cfg orders, from top to bottom."""
    config = ConfigParser()
    config.read(PROJECT / "setup.cfg")
    layers = config[f"importlinter:contract:{contract}"]["layers"]
    return [room.strip() for line in layers.strip().splitlines() for room in line.split("|")]


def _imports(graph: grimp.ImportGraph, package: str) -> Imports:
    """Return which parts of a package import which; the package itself counts as a part."""
    imports: dict[str, set[str]] = {}
    for module in graph.modules:
        room = _room(module, package)
        if room is None:
            continue
        found = imports.setdefault(room, set())
        for other in graph.find_modules_directly_imported_by(module):
            if (imported := _room(other, package)) not in (None, room, package):
                found.add(imported)
    return imports


def _room(module: str, package: str) -> str | None:
    """Return the part of the package that a module belongs to, if it does."""
    if module == package:
        return package
    if not module.startswith(f"{package}."):
        return None
    return module.removeprefix(f"{package}.").partition(".")[0]


def draw(shown: list[Panel]) -> str:
    """Return the panels beside each other as SVG."""
    width = sum(panel.width for panel in shown)
    height = max(panel.height for panel in shown)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img">',
        "<title>The rooms of the program and the imports between them</title>",
        f"<style>{STYLE}</style>",
    ]
    left = 0
    for panel in shown:
        lines += [f'<g transform="translate({left} 0)">', *_drawn(panel), "</g>"]
        left += panel.width
    return "\n".join([*lines, "</svg>", ""])


def _drawn(panel: Panel) -> Iterator[str]:
    middle = panel.width / 2
    yield f'<text class="title" x="{middle:g}" y="18">{panel.title}</text>'
    yield f'<text class="note" x="{middle:g}" y="36">{panel.note}</text>'
    places = {room: TOP + ROW * row for row, room in enumerate(panel.rooms)}
    direct = {room: panel.imports.get(room, set()) & places.keys() for room in panel.rooms}
    for room in panel.rooms:
        for other in sorted(direct[room], key=panel.rooms.index):
            rows = panel.rooms.index(other) - panel.rooms.index(room)
            yield from _arrow(
                middle, places[room], places[other], rows, is_implied=_implied(room, other, direct)
            )
    for room, y in places.items():
        x = middle - BOX_WIDTH / 2
        yield f'<rect x="{x:g}" y="{y}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="5"/>'
        yield f'<text x="{middle:g}" y="{y + 18}">{room}</text>'


def _implied(room: str, other: str, direct: Imports) -> bool:
    """Return whether a room would depend on another even without importing it itself."""
    waiting, seen = list(direct[room] - {other}), set[str]()
    while waiting:
        found = waiting.pop()
        if found == other:
            return True
        if found not in seen:
            seen.add(found)
            waiting += direct[found]
    return False


def _arrow(middle: float, above: int, below: int, rows: int, *, is_implied: bool) -> Iterator[str]:
    """Draw an import: on the left or straight down, or on the right if others imply it."""
    side = 1 if is_implied else -1
    kind, head = ("also", "also-head") if is_implied else ("needed", "head")
    if rows == 1:
        start, end = above + BOX_HEIGHT, below
        yield f'<path class="{kind}" d="M{middle:g} {start} V{end - 5}"/>'
        yield f'<path class="{head}" d="M{middle:g} {end} l-4 -8 h8 z"/>'
        return
    edge = middle + side * BOX_WIDTH / 2
    # Arcs leave a box in its lower half and arrive in its upper one.
    leaves, arrives = above + BOX_HEIGHT * 0.7, below + BOX_HEIGHT * 0.3
    swing = edge + side * (ARC_STEP * rows + 6)
    tip = edge + side * 7
    yield (
        f'<path class="{kind}" d="M{edge:g} {leaves:g} '
        f'C{swing:g} {leaves:g} {swing:g} {arrives:g} {tip:g} {arrives:g}"/>'
    )
    yield f'<path class="{head}" d="M{edge:g} {arrives:g} l{side * 8} -4 v8 z"/>'


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(draw(panels()))
