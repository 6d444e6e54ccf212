"""What the whole team says to each other about its high users, and whether it became a habit."""
