"""What differs between your computer and a server."""

# Signs the session cookie. Whoever knows it can forge one: this one is for development.
SECRET_KEY = "insecure-key-for-development-only"

# With True, browsers send the session cookie over HTTPS only, which a server should offer.
HTTPS = False
