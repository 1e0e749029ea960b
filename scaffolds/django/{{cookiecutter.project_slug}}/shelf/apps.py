from django.apps import AppConfig
#: if cookiecutter.live and cookiecutter.database :#
from django.db.models.signals import post_save
#: endif :#
#: if cookiecutter.model :#

from sentiment.model import Model
#: endif :#


class ShelfConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "shelf"
    #: if cookiecutter.model or (cookiecutter.live and cookiecutter.database) :#

    def ready(self):
        #: endif :#
        #: if cookiecutter.live and cookiecutter.database :#
        from shelf.api.live import announce_book

        post_save.connect(announce_book, sender="shelf.Book")
        #: endif :#
        #: if cookiecutter.model :#
        self.sentiment = Model.load()
        #: endif :#
