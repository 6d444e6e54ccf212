"""Appointments for visits: who was not visited yet, a date that suits both, and what to take along.

The visit itself is `monitoring.visits`.
"""
