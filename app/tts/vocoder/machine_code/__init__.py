"""Makes machine code of that text, for this processor, and maps it to be called."""
