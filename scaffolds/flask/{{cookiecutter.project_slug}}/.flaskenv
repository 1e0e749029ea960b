# Read by the command `flask`, which is for development, and by nothing else:
# the production server does not know this file.
DEBUG=1
