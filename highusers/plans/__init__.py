"""High users and the plans that the team makes for them."""
