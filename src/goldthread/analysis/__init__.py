"""What the evidence says. Pure: counts and points in, answers with their uncertainty out."""
