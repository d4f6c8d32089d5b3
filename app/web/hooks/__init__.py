"""Hooks around every request, a module each."""
