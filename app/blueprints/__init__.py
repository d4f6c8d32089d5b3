"""The endpoints: a module with a blueprint, its record and its views for each."""

from app.blueprints.captions import bp as captions
from app.blueprints.docs import bp as docs
from app.blueprints.health import bp as health
from app.blueprints.metrics import bp as metrics
from app.blueprints.models import bp as models
from app.blueprints.playground import bp as playground
from app.blueprints.previews import bp as previews
from app.blueprints.root import bp as root
from app.blueprints.speech import bp as speech
from app.blueprints.voices import bp as voices

ALL = (
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
