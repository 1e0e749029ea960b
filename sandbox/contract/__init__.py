"""The contract room."""
