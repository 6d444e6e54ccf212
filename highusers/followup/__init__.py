"""What is due in a practice, and how the weekly mail tells it."""
