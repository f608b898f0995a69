"""The search of the public site, on its own table: what it knows, and what it finds."""
