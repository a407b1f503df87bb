"""What is measured before anything is written, so that every test of the report is corrected together."""
