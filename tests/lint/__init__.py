"""The lint room: our data, scaffolds and lessons held to the truth."""
