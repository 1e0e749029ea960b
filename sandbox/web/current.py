"""What a view works with: the workshop that the running app was made with."""

from flask import current_app

from sandbox.workshop import Workshop


def current_workshop() -> Workshop:
    """Return the workshop of the app that handles this request."""
    workshop: Workshop = current_app.extensions["workshop"]
    return workshop
