"""Generates the code of the vocoder as text of LLVM's intermediate representation."""
