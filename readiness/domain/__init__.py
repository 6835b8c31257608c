"""The words and the rules: pure, frozen, typed; no I/O and no clock."""
