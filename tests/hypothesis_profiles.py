"""Numbers of Hypothesis's examples; HYPOTHESIS_PROFILE is `dev`, `ci` or `nightly`."""

import os

from hypothesis import settings

EXAMPLES = {"dev": 10, "ci": 100, "nightly": 1000}


def load_profile() -> None:
    """Load the profile that the environment names, `dev` by default."""
    for name, examples in EXAMPLES.items():
        # The first example of a language may take long, since it loads that.
        settings.register_profile(name, max_examples=examples, deadline=None, print_blob=True)
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or "dev")


def examples(share: float) -> settings:
    """Return settings for a test that tries `share` times the profile's number of examples."""
    return settings(max_examples=max(1, round(share * settings.default.max_examples)))
