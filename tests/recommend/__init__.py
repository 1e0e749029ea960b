"""The recommend room: scenarios and properties."""
