"""Rewrites an exported model, once, into one that runs fast and in windows."""
