"""What keeps lists in the admin quick over a million rows: they count and ask no further than anybody reads."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

MOST = 1000  # paged through; who looks for one among more says more about it
NEWEST = 5000  # rows that are asked which values there are


class CappedPaginator(Paginator):
    """Counts no further than anybody leafs: counting half a million rows takes longer than showing a page of them."""

    object_list: QuerySet

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by().values("pk")[: MOST + 1].count()


class NewestValuesFilter(admin.SimpleListFilter):
    """By the values that a field has in the newest rows; others can be written into the address."""

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        newest = model_admin.get_queryset(request).order_by(*model_admin.newest_first)
        values = newest.values_list(self.parameter_name, flat=True)[:NEWEST]
        return [(value, value) for value in sorted(set(values))]

    def queryset(self, request: Any, queryset: QuerySet) -> QuerySet:
        return queryset.filter(**{str(self.parameter_name): self.value()}) if self.value() else queryset


class VerbFilter(NewestValuesFilter):
    title = parameter_name = "verb"


class SubjectFilter(NewestValuesFilter):
    title, parameter_name = "subject type", "subject_type"


class KindFilter(NewestValuesFilter):
    title = parameter_name = "kind"
