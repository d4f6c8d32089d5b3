"""What runs: the acoustic model, the vocoder, and what they are loaded from."""
