"""REQUIRE_MFA: a role that must have a second factor and has none is led to add one before anything else."""

from django.core.management import call_command
from django.test import override_settings

from articles.models import AuditEntry
from articles.models.audit_entry import Action
from articles.models.membership import DeskRole
from articles.sign_in import factors
from newsroom import settings as ours

from ...newsroom import NewsroomTestCase
from ...posting import form_of
from .factors import add_app, code, password_step, second_step


@override_settings(REQUIRE_MFA=["release"])
class RequiredTest(NewsroomTestCase):
    def status(self, path="/admin/", **more):
        return self.client.get(path, **more).status_code

    def test_whoever_can_release_must_and_others_need_not(self):
        asked = {
            role: factors.must_have(self.somebody(role)) for role in ("reporter", "photo", "editor", "chief", "admin")
        }
        self.assertEqual(asked, {"reporter": False, "photo": False, "editor": True, "chief": True, "admin": True})

    def test_they_are_led_to_add_one_before_anything_else(self):
        self.client.force_login(self.somebody("editor"))
        for path in (
            "/admin/",
            "/admin/articles/story/",
            "/admin/articles/story/add/",
            "/admin/search/",
            "/admin/sessions/",
        ):
            self.assertRedirects(self.client.get(path), "/admin/factors/")
        self.assertContains(self.client.get("/admin/factors/"), "Peran Anda memerlukan pengaman kedua")
        self.assertEqual(self.status("/admin/factors/app/"), 200)

    def test_the_polls_of_open_pages_give_them_nothing(self):
        self.client.force_login(self.somebody("editor"))
        self.assertEqual(self.status("/admin/told/count/"), 401)

    def test_a_post_is_not_done_and_its_words_are_shown(self):
        with override_settings(REQUIRE_MFA=[]):
            self.client.force_login(self.somebody("editor"))
            form = self.client.get("/admin/articles/story/add/")
        fields = {**form_of(form, "headline")[1], "headline": "Diketik sebelum diminta"}
        self.assertContains(self.client.post("/admin/articles/story/add/", fields), "Diketik", status_code=403)

    def test_after_adding_one_the_desk_is_open_and_the_other_sessions_have_ended(self):
        editor = self.somebody("editor")
        other = self.client_class(headers={"host": self.host})
        other.force_login(editor)
        self.client.force_login(editor)
        page = self.client.get("/admin/factors/app/")
        secret = page.context["form"].secret
        self.assertNotIn(secret, str(self.client.session._session), "It waits in a table, and must be encrypted.")
        with self.captureOnCommitCallbacks(execute=True):
            added = self.client.post("/admin/factors/app/", {"code": code(secret)})
        self.assertRedirects(added, "/admin/factors/codes/")
        self.assertEqual(self.status(), 200)
        self.assertIn("/login/", other.get("/admin/")["Location"])
        self.assertTrue(AuditEntry.objects.filter(action=Action.FACTOR_ADDED, key="editor", fields="totp").exists())

    def test_who_signed_in_with_one_is_not_asked_for_another(self):
        secret = add_app(self.somebody("editor", name="nina"))
        password_step(self.client, "nina")
        second_step(self.client, code(secret))
        self.assertEqual(self.status(), 200)

    def test_the_command_of_the_operator_takes_them_away_and_logs_it(self):
        editor = self.somebody("editor", name="nina")
        add_app(editor)
        call_command("reset_factors", "nina", verbosity=0)
        self.assertFalse(editor.authenticator_set.exists())
        self.assertTrue(AuditEntry.objects.filter(action=Action.FACTORS_RESET, account="", key="nina").exists())


class OffTest(NewsroomTestCase):
    def test_without_the_setting_nobody_must(self):
        self.client.force_login(self.somebody("chief"))
        self.assertEqual(self.client.get("/admin/").status_code, 200)

    def test_the_setting_knows_every_role(self):
        self.assertEqual(ours.DESK_ROLES, set(DeskRole.values))
