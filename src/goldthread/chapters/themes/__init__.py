"""The themes of an assessment, each on one page of the same plain form."""
