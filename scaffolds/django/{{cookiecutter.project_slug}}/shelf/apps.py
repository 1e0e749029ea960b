from django.apps import AppConfig
from django.core.servers.basehttp import WSGIServer

from sentiment.model import Model


class ShelfConfig(AppConfig):
    name = "shelf"

    def ready(self):
        self.model = Model.load()  # once, before the first request
        # At runserver ten callers may queue; an eleventh comes back a second later.
        WSGIServer.request_queue_size = 128
