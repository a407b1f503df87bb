"""The parts of every Word file that do not depend on what it says, as templates."""
