"""The latency and speed of the server, compared with other ways to run the same model."""
