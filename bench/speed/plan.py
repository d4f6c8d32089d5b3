"""How much of the speed benchmark is run, and in which order."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import click

T = TypeVar("T")

Measured = list[dict[str, Any]]
"""What one part measured, as it is written to JSON."""


@dataclass(frozen=True)
class Plan:
    """What the person who runs the benchmark wants."""

    rounds: int
    """How often each thing is measured."""

    is_quick: bool = False
    """Whether to leave out what takes long."""

    peers: Mapping[str, str] = field(default_factory=dict)
    """Addresses of other servers, by name."""


def interleaved(contenders: Iterable[T], rounds: int) -> Iterator[T]:
    """Yield every contender once a round, each in its turn the first."""
    # Who begins may find a rested processor, and a machine's speed drifts over minutes.
    order = list(contenders)
    for number in range(rounds):
        first = number % len(order)
        yield from order[first:] + order[:first]


def note(text: str) -> None:
    """Tell the person who waits what was measured."""
    click.echo(text, err=True)
