"""The parts of every Writer file that do not depend on what it says, as templates."""
