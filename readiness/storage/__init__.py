"""One SQLite file, one door: the log of changes and the tables that cache it."""
