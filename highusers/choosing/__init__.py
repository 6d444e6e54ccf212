"""Going through the list of high users together, and choosing whom to make a plan for."""
