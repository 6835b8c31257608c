"""The inspection-readiness tracker without its window: rules, storage, services, sheets, command line."""

VERSION = "0.1.0"
