"""The knowledge room: data, loader, lint, features."""
