"""What is due in a practice, and how the daily mail tells it."""
