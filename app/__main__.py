"""`python -m app` is the command `kokoro-openai-server`."""

from app.cli import main
from app.version import NAME

if __name__ == "__main__":
    main(prog_name=NAME)
