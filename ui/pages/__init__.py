"""The pages of the window; each owns its feature."""
