"""The name and version of this program."""

__version__ = "0.2.0"
NAME = "kokoro-openai-server"
DESCRIPTION = "An OpenAI-compatible text-to-speech server for Kokoro-82M."
