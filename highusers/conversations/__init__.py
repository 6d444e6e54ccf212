"""Talks with the patient, with the spider web of Positive Health."""
