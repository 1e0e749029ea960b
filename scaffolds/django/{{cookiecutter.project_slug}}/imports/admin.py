from django.contrib import admin

from imports.models import Import

admin.site.register(Import)
