"""The only room that starts processes: whatever it starts, it can stop as a whole."""
