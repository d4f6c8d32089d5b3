"""How much of a speed the model speaks itself, and how much the time scale does.

No phoneme of Kokoro's gets less than a frame of 25 ms, so that the model alone never reaches a
third of its length. And speech that it made slowly is easier to understand once it has been
shortened than speech that it made fast, at every length (bench/results/fast_speech.md).
"""

MODEL_LIMIT = 1.2
"""Up to this speed the model speaks as fast as it is asked to; for more it speaks at speed 1."""

EXACT_FROM = 1.6
"""From this speed on lengths are exact; what the model says at its limit is some 5 % too long."""


def model_speed(speed: float) -> float:
    """Return the speed that the model is asked for, so that `speed` comes of it in the end."""
    return speed if speed <= MODEL_LIMIT else 1.0


TYPICAL_AT_LIMIT = 0.88
"""Share of its length that speech lasts at the model's limit, over eight voices of as many
languages: for a model that does not tell."""


def length_at(speed: float, at_one: float, at_limit: float) -> float:
    """Return how long something is to last at a speed above the model's limit.

    `at_one` is how long it lasts at speed 1 and `at_limit` how long at the model's limit, in any
    unit. Between the limit and `EXACT_FROM` the length is interpolated geometrically, so that it
    jumps nowhere.
    """
    if speed >= EXACT_FROM:
        return at_one / speed
    share = (speed - MODEL_LIMIT) / (EXACT_FROM - MODEL_LIMIT)
    return float(at_limit ** (1 - share) * (at_one / EXACT_FROM) ** share)
