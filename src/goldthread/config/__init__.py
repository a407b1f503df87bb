"""Settings, root addresses and the server of the site."""
