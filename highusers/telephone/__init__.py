"""What the assistant must do when a patient calls, and nothing else."""
