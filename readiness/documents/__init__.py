"""Documents: reads the text of other people's files, carefully: they may be damaged, huge or made to do harm."""
