# Written by `manage.py makemigrations`, then tidied.

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("shelf", "0002_members"),)

    operations = (
        migrations.AddField(
            model_name="review",
            name="hidden",
            field=models.BooleanField(default=False),
        ),
    )
