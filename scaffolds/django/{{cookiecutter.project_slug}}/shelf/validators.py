import re

from django.core.exceptions import ValidationError
from django.utils import timezone


def validate_isbn13(value):
    if not re.fullmatch("[0-9]{13}", value):
        raise ValidationError("An ISBN has 13 digits and no hyphens.")
    # The last digit is chosen so that this sum ends in 0.
    if (sum(map(int, value[::2])) + 3 * sum(map(int, value[1::2]))) % 10:
        raise ValidationError("The check digit is wrong: is there a typing error?")


def validate_year(value):
    latest = timezone.now().year + 1
    if not -3000 <= value <= latest:
        raise ValidationError(f"The year must be between -3000 and {latest}.")
