"""Settings for the tests: this file is read before any of them."""

import os

os.environ |= {"DEBUG": "1", "SECRET_KEY": "", "ALLOWED_HOSTS": "testserver"}
