"""Where it happens: density, clusters, persistence, emerging places, and how well they predict."""
