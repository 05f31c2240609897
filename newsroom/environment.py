"""The environment, as the settings read it: a value that nobody can have meant is refused with a sentence."""

import environ
from django.core.exceptions import ImproperlyConfigured

ON, OFF = {"1", "on", "true", "yes", "y", "ok"}, {"0", "off", "false", "no", "n"}


class Environment(environ.Env):
    """A variable that is set to nothing counts as one that is not set."""

    def bool(self, name, default):
        """django-environ takes any other word as off, so that `PRODUCTION=ya` would serve everybody without HTTPS."""
        told = self.str(name, "").strip()
        if told and told.lower() not in ON | OFF:
            raise ImproperlyConfigured(f"{name} is {told}: it must be on or off.")
        return told.lower() in ON if told else default

    def int(self, name, default, least=0, most=1_000_000_000):
        told = self.str(name, "").strip()
        if told and not (told.isdecimal() and least <= int(told) <= most):
            raise ImproperlyConfigured(f"{name} is {told}: it must be a number from {least} to {most}.")
        return int(told) if told else default

    def list(self, name, default):
        return [part for word in self.str(name, "").split(",") if (part := word.strip())] or default
