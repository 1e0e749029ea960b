# Read by the command `flask`, which is for development, and by nothing else:
# the production server does not know this file.
FLASK_DEBUG=1
