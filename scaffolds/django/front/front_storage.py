"""Static files whose addresses begin with the path below which the site is shown just now."""

from django.contrib.staticfiles.storage import StaticFilesStorage
from django.urls import get_script_prefix


class FrontStorage(StaticFilesStorage):
    """Put the prefix of the request before STATIC_URL, which is the same for all requests."""

    def url(self, name: str | None) -> str:
        """Return the address of a file, as a browser has to ask for it."""
        return get_script_prefix().rstrip("/") + super().url(name)
