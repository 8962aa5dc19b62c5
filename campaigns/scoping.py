"""What an admin page shows of rows that are not for the one who asks: nothing, not even that they exist."""

from django.contrib.admin import ModelAdmin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.http import Http404


class Scoped(ModelAdmin):
    """What one may not look at is not there: 404, whether or not it exists.

    Django answers 403 for what exists and leads to the front page, with words, for what does not: to try the numbers
    one after the other would tell which are taken. Of which rows one may see, `get_queryset` decides alone.
    """

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows if self.has_view_permission(request) else rows.none()

    def get_object(self, request, object_id, from_field=None):
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def response_action(self, request, queryset, *options):
        """An action on what is not there is refused as a whole: the page that sent it was not ours."""
        asked = set(request.POST.getlist(ACTION_CHECKBOX_NAME))
        try:
            found = self.get_queryset(request).order_by().filter(pk__in=asked).count()
        except (ValueError, ValidationError):
            found = -1
        if found != len(asked):
            raise Http404
        return super().response_action(request, queryset, *options)


class ReadOnly(Scoped):
    """Nothing is added, edited or deleted by Django's own forms."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
