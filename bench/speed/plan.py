"""The extent of a run of the speed benchmark, and the order of measurements."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import click

T = TypeVar("T")

Measured = list[dict[str, Any]]
"""The measurements of one part, as they are written to JSON."""


@dataclass(frozen=True)
class Plan:
    """The options of a run."""

    rounds: int
    """Number of times that each thing is measured."""

    is_quick: bool = False
    """Whether to leave out what takes long."""

    peers: Mapping[str, str] = field(default_factory=dict)
    """Addresses of other servers, by name."""


def interleaved(contenders: Iterable[T], rounds: int) -> Iterator[T]:
    """Yield every contender once in each round, a different one first each time."""
    # The first one may find a cooler processor, and a machine's speed drifts over minutes.
    order = list(contenders)
    for number in range(rounds):
        first = number % len(order)
        yield from order[first:] + order[:first]


def note(text: str) -> None:
    """Print a note on the progress."""
    click.echo(text, err=True)
