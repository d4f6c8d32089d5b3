"""Trimming, shortening and encoding of audio."""
