"""`python -m app` is the command `kokoro-openai-server`."""

from app.cli import main

if __name__ == "__main__":
    main(prog_name="kokoro-openai-server")
