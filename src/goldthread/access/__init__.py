"""What each role may do: permissions, roles and rulings. No tables."""
