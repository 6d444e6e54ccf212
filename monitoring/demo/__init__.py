"""A believable region to show the product with: everything in it is invented."""
