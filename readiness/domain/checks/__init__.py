"""Checks: quality rules as pure functions over a dossier, a module a subject; `run` asks them all."""
