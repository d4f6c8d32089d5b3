"""Requests and replies: their models, the hooks around them, delivery and the API's document."""
