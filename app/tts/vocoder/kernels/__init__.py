"""Generators of the vocoder's code, as text in LLVM's intermediate representation."""
