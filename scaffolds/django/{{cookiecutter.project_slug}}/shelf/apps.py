from django.apps import AppConfig

from sentiment.model import Model


class ShelfConfig(AppConfig):
    name = "shelf"

    def ready(self):
        self.model = Model.load()  # once, before the first request
