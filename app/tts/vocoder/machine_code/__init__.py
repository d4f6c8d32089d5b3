"""Turns LLVM's intermediate representation into machine code, and maps it to be called."""
