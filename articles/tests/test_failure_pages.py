from django.test import RequestFactory

from articles.views import errors

from .newsroom import NewsroomTestCase


class FailurePageTest(NewsroomTestCase):
    def test_the_page_of_a_failure_asks_the_database_nothing_and_is_not_kept(self):
        request = RequestFactory().get("/")
        with self.assertNumQueries(0):
            for view, status in ((errors.failed, 500), (errors.bad_request, 400), (errors.forbidden, 403)):
                response = view(request)
                self.assertEqual(response.status_code, status)
                self.assertIn("no-store", response["Cache-Control"])
                self.assertIn("<h1>", response.text)
