"""What pages of meetings accept."""
