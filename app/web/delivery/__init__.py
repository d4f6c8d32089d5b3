"""Speech on its way to the client: streams, events, captions."""
