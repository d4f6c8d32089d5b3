"""This server with the simplest scheduling there is, for the speed benchmark to compare with."""

from app import create_app
from app.settings import Settings
from app.turns import PlaybackClock, Turns


class FirstComeFirstServed(Turns):
    """Lets requests work in the order in which they came, each until it is done."""

    def rank(self, clock: PlaybackClock) -> float:
        """Return when the request came."""
        return clock.arrived

    def _has_room_beside(self) -> bool:
        return False


_settings = Settings.load()
app = create_app(_settings, turns=FirstComeFirstServed(_settings.workers, _settings.max_queue))
