"""From an extract's bytes to a table of patients, as pure steps on tables."""
