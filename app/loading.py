"""From settings to a loaded engine, for the server and for the command line."""

from app.native import native_lock
from app.settings import Settings
from app.tts.assets import Progress, cache_folder, download_model, find_model
from app.tts.engine import KokoroEngine


def load_engine(settings: Settings, progress: Progress | None = None) -> KokoroEngine:
    """Find the model, or download it, and load it; raises `AssetError` when there is none."""
    cache = cache_folder()
    model = find_model(settings.model_path, cache) or download_model(cache, progress)
    return KokoroEngine.load(
        model,
        acceleration=settings.acceleration,
        parallel_runs=settings.workers,
        new_lock=native_lock,
    )
