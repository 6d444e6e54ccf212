"""What is to be done for a patient, by whom and when."""
