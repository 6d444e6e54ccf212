"""What is due in a practice, and the weekly mail about it."""
