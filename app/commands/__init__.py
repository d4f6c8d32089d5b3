"""Commands of `kokoro-openai-server` for operators, a module each."""
