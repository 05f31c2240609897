"""A superuser reads in Indonesian what a permission allows; the database holds Django's words in English."""

from django.contrib.auth.models import Permission
from django.urls import reverse

from articles.desk import labels

from ..cases import DeskTest


class PermissionNamesTest(DeskTest):
    def test_the_forms_of_accounts_and_groups_name_them_in_the_language_of_the_desk(self):
        self.sign_in("admin")
        account = self.client.get(reverse("admin:index")).wsgi_request.user
        for address in (
            reverse("admin:auth_group_add"),
            reverse("admin:auth_user_change", args=[account.pk]),
        ):
            page = self.page(address)
            self.assertIn(">Berita: boleh mengubah</option>", page)
            self.assertNotIn("Can change", page)
            self.assertNotIn("Tagged", page)

    def test_a_permission_of_something_else_keeps_its_name(self):
        permission = Permission.objects.get(codename="change_story", content_type__app_label="articles")
        permission.codename, permission.name = "print_story", "Can print"
        self.assertIn("Can print", labels.of_permission(permission))
