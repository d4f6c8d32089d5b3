"""Divides a speed between the model and the time scale.

Kokoro gives every phoneme at least one frame of 25 ms, so the model alone never gets down to a
third of its normal length. And at any length, speech that was made slowly and then shortened is
easier to understand than speech that was made fast (bench/results/fast_speech.md).
"""

MODEL_LIMIT = 1.2
"""Up to this speed the model speaks at the speed it is asked for; beyond, it speaks at speed 1."""

EXACT_FROM = 1.6
"""From this speed on lengths are exact; at the model's limit, speech is some 5 % too long."""


def model_speed(speed: float) -> float:
    """Return the speed to ask the model for when `speed` is wanted in the end."""
    return speed if speed <= MODEL_LIMIT else 1.0


TYPICAL_AT_LIMIT = 0.88
"""Length of speech at the model's limit as a share of its normal length, over eight voices in as
many languages: for a model that tells no durations."""


def length_at(speed: float, at_one: float, at_limit: float) -> float:
    """Return the length of speech at a speed above the model's limit.

    `at_one` is its length at speed 1 and `at_limit` its length at the model's limit, in any unit.
    Between the limit and `EXACT_FROM` the length is interpolated geometrically, so that it does not
    jump anywhere.
    """
    if speed >= EXACT_FROM:
        return at_one / speed
    share = (speed - MODEL_LIMIT) / (EXACT_FROM - MODEL_LIMIT)
    return float(at_limit ** (1 - share) * (at_one / EXACT_FROM) ** share)
