"""A password is not the name of its owner, written in any order."""

from django.contrib.auth.password_validation import UserAttributeSimilarityValidator


class NameValidator(UserAttributeSimilarityValidator):
    """Django's, which compares with each name alone, and with both of them together."""

    def validate(self, password, user=None):
        super().validate(password, user)
        if user is not None and user.first_name and user.last_name:
            first, last = user.first_name, user.last_name
            super().validate(password, type(user)(first_name=f"{first} {last}", last_name=f"{last} {first}"))
