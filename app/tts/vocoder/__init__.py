"""The vocoder on convolutions of our own, generated as machine code."""
