"""Speech from text with Kokoro-82M: no web framework in here, usable from a plain script."""
