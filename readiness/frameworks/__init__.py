"""The published schemes inspections follow, read from data files."""
