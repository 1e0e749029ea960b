"""A tiny model that says how positive a review sounds, and how it was trained."""
