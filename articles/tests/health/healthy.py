"""What the tests of probes and metrics share: they are asked anew each time, and by whom."""

from unittest import mock

from django.test import override_settings

from articles.health import checks

from ..cases import DeliveryTestCase

TOKEN = "token-yang-panjang-sekali"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
STRANGER = {"REMOTE_ADDR": "203.0.113.7"}


@override_settings(METRICS_TOKEN=TOKEN)
class HealthTest(DeliveryTestCase):
    def setUp(self):
        super().setUp()
        checks.kept.forget()
        self.enterContext(mock.patch.object(checks, "KEPT", 0))

    def ask(self, address="/readyz", headers=None, **environ):
        return self.client.get(address, headers={"host": "10.0.0.7", **(headers or {})}, **environ)
