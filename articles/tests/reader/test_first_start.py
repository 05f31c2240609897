"""An empty newsroom gets its first edition at the desk, as docs/operating.md tells."""

from django.contrib.auth import get_user_model
from django.test import TestCase

from articles.models import Edition, Network, Owner


class FirstStartTest(TestCase):
    def setUp(self):
        self.client.force_login(get_user_model().objects.create_superuser("admin"))

    def fill_in(self, kind, **values):
        """Open the empty form of a kind of row, fill in `values`, and send it."""
        address = f"/admin/articles/{kind}/add/"
        page = self.client.get(address)
        form = page.context["adminform"].form
        sent = {name: form[name].value() or "" for name in form.fields} | values
        for inline in page.context["inline_admin_formsets"]:
            sent |= {f"{inline.formset.prefix}-TOTAL_FORMS": 0, f"{inline.formset.prefix}-INITIAL_FORMS": 0}
        answer = self.client.post(address, sent)
        self.assertEqual(answer.status_code, 302, answer.context and answer.context["errors"])

    def test_owner_network_and_edition_are_made_in_this_order_and_then_readers_are_answered(self):
        self.assertEqual(self.client.get("/").status_code, 400)
        self.fill_in("owner", name="KG Media")
        self.fill_in("network", name="TRIBUNnews.com Network", owner=Owner.objects.get().pk)
        network = Network.objects.get().pk
        self.fill_in("edition", name="Harian", network=network, host="harian.localhost", is_default="on")
        self.assertEqual(Edition.objects.get().slug, "harian")
        self.assertEqual(self.client.get("/", headers={"host": "localhost"}).status_code, 200)
        self.assertEqual(self.client.get("/", headers={"host": "harian.localhost"}).status_code, 200)
