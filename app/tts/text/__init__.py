"""From text as people send it to pieces that can be spoken: pure functions."""
