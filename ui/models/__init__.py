"""One Qt model a module, tested alone."""
