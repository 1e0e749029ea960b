"""The learn room."""
