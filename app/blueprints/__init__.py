"""The endpoints: a module with a blueprint, its record and its views for each."""

from app.blueprints import (
    captions,
    docs,
    health,
    metrics,
    models,
    playground,
    previews,
    root,
    speech,
    voices,
)

ALL = tuple(
    module.bp
    for module in (
        root,
        health,
        metrics,
        models,
        voices,
        previews,
        speech,
        captions,
        docs,
        playground,
    )
)
"""Every endpoint, in the order of the setting `KOKORO_PUBLIC_ENDPOINTS`; pages come last."""
