"""The settings of a Django project, but for the hash of passwords.

A contract run makes hundreds of members. Django's hash takes half a second each on purpose, and its
documentation names this one for tests. A project with every feature runs with its own.
"""

from config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
