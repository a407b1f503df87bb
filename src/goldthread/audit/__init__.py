"""What happened, who did it and when: added to, never changed, and written in the same breath as the change itself."""
