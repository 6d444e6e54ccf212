"""Practices that look in each other's kitchen, and short meetings in twos at a session."""
