"""What the tests of merged forms share: one form that was opened before somebody else saved."""

from articles import publishing

from ..cases import FormTest, errors
from ..newsroom import PUBLISHED
from ..posting import form_of

BODY = "<p>Wali kota datang pagi tadi.</p><p>Ia membuka pasar.</p><p>Warga senang.</p>"


class MergedTest(FormTest):
    """Nina opens the form; Budi saves another; then Nina saves hers."""

    def setUp(self):
        super().setUp()
        self.nina_signs, self.budi = self.somebody("chief", name="ketua"), self.somebody("editor", name="budi")
        self.naskah = self.draft("Pasar dibuka", body=BODY, tags=[self.rusia])
        publishing.record(self.naskah, self.nina_signs, PUBLISHED)
        self.client.force_login(self.nina_signs)

    def overtaken(self, **theirs):
        """Her form, after Budi has saved his changes."""
        fields = self.opened(self.naskah)
        self.client.force_login(self.budi)
        self.assertEqual(self.send(self.naskah, self.opened(self.naskah), _continue="", **theirs).status_code, 302)
        self.client.force_login(self.nina_signs)
        return fields

    def saved(self, fields, **mine):
        response = self.send(self.naskah, fields, _continue="", **mine)
        self.assertEqual(response.status_code, 302, errors(response))
        return self.client.get(response["Location"])

    def asked(self, fields, **mine):
        response = self.send(self.naskah, fields, _continue="", **mine)
        self.assertTemplateUsed(response, "admin/articles/story/merge.html")
        return response

    def choose(self, response, *choices):
        address, fields = form_of(response, "kept_post")
        keys = [choice["key"] for choice in response.context["choices"]]
        made = {f"choice-{key}": choice for key, choice in zip(keys, choices, strict=False)}
        answer = self.client.post(address, {**fields, **made})
        self.naskah.refresh_from_db()
        return answer
