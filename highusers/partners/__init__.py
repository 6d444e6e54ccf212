"""The register of whom the practice works with outside its own walls."""
