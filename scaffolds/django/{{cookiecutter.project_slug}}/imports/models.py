from django.db import models


class Import(models.Model):
    """How far an import has come. Its errors are `{"line": number, "msg": sentence}`."""

    class Status(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"

    status = models.CharField(max_length=7, choices=Status, default=Status.QUEUED)
    created = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    errors = models.JSONField(default=list)

    def __str__(self):
        return f"import {self.pk}, {self.status}"

    def close(self):
        """Show it as done, without its end, if nobody works on it any more."""
        if self.status != self.Status.DONE:
            line = 2 + self.created + self.skipped + len(self.errors)
            msg = "The server stopped about here. Send the rest of the file again."
            self.errors.append({"line": line, "msg": msg})
            self.status = self.Status.DONE
