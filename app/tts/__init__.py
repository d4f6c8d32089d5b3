"""Speech from text with Kokoro-82M: no web framework in here, usable from a plain script."""

import os

# Speech stays on the user's machine, and so does the news of it: ONNX Runtime would report to its
# maker, leave a database in the user's cache, and end stopped workers with SIGABRT. It looks this
# up when it is imported.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
