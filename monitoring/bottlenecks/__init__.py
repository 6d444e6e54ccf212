"""What hinders practices in working with partners, and what the region does about it."""
