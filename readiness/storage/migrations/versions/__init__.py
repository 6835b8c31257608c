"""One module a format, named for the format it leads to. Format 1 is where files begin, so the first will be 0002."""
