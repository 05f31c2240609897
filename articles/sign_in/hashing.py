"""Passwords are hashed by Argon2id with the memory and passes that OWASP names: 19 MiB, two passes, one lane.

Django's own setting takes 100 MiB and eight lanes for each try, which eight tries at once could turn against a small
machine. A hash of another setting or kind is made anew when its owner signs in.
"""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    time_cost = 2
    memory_cost = 19 * 1024  # KiB
    parallelism = 1
