"""Rows that pages of our own show and change, and Django's forms do not."""

from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils.functional import Promise

from campaigns.scoping import ReadOnly


class OwnPages(ReadOnly):
    """Nothing is added, edited or deleted but through the pages that a subclass names in `get_urls`, each `guarded`.

    Whoever may view the rows may open them; what is sent to them also asks `has_act_permission`.
    """

    in_a_line: str | Promise = ""  # what stands behind the name

    def has_act_permission(self, request):
        return self.has_view_permission(request)

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def guarded(self, page):
        def view(request, **kwargs):
            if not self.has_view_permission(request):
                raise PermissionDenied
            if request.method == "POST" and not self.has_act_permission(request):
                raise PermissionDenied
            return page(request, **kwargs)

        return self.admin_site.admin_view(view)

    def page(self, request, name, context):
        """One of templates/admin/<app>/<model>/."""
        facts = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "may_act": self.has_act_permission(request),
            "in_a_line": self.in_a_line,
        }
        folder = f"admin/{self.opts.app_label}/{self.opts.model_name}"
        return TemplateResponse(request, f"{folder}/{name}.html", facts | context)
