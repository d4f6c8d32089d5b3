"""The names that settings choose from, and limits of their values."""

ACCELERATIONS = ("auto", "cpu", "coreml", "cuda", "directml")
PRECISIONS = ("auto", "fp32", "int8")
VOCODERS = ("auto", "native", "onnxruntime")
LOG_LEVELS = ("debug", "info", "warning", "error", "critical")
LOG_FORMATS = ("console", "json")
ENDPOINTS = (
    "root",
    "health",
    "metrics",
    "models",
    "voices",
    "previews",
    "speech",
    "captions",
)
EXTRA_FORMATS = ("mp3", "opus", "aac", "flac")
FORMATS = ("wav", "pcm", *EXTRA_FORMATS)

MOST_RUNS = 8
"""Most runs of inference at once: more would each take memory and be no faster together."""
