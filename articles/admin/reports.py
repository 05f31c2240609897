"""Lists that are reports: they tell what happened, and may be a minute old."""

from articles.cache.replica import read_report


class Report:
    """Mixin of an admin: its list is read from the replica where there is one. A row that is opened is not."""

    def changelist_view(self, request, extra_context=None):
        if request.method != "GET":
            return super().changelist_view(request, extra_context)
        return read_report(lambda: self._rendered(request, extra_context))

    def _rendered(self, request, extra_context):
        """Rendered here, because a list is read while it is rendered."""
        answer = super().changelist_view(request, extra_context)
        return answer.render() if hasattr(answer, "render") else answer
