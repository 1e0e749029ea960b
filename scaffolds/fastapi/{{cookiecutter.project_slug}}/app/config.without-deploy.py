"""Settings of the app."""

# Signs the session cookie. Whoever knows it can forge one: this one is for development.
SECRET_KEY = "insecure-key-for-development-only"
