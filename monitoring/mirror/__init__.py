"""Indicators beside those of other practices: to learn from, never to rank."""
