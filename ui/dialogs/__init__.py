"""Dialogs ask; callers save."""
