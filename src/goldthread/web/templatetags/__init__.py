"""What templates of every room may ask for."""
