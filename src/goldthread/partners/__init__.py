"""Who we are: organisations, people, groups, the roles they hold, terms of reference and the constitution."""
