"""Speech from text with Kokoro-82M, without a web framework: usable from a plain script."""

import os

# ONNX Runtime would report to its maker, leave a database in the user's cache, and end stopped
# workers with SIGABRT; speech on this machine is nobody else's business. It reads this variable
# when it is imported.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
