"""What happens again: at the same place, nearby soon after, and to the same people."""
