"""The vetting desk: Django's admin, where signatories are read and decided on, and nothing else about them changes."""

from django.contrib import admin

from campaigns.admin_site import VettingSite
from signatories.admin import waiting
from signatories.admin.cohorts import InvalidationAdmin
from signatories.admin.queue import SignatoryAdmin
from signatories.admin.register import RegisterAdmin
from signatories.models import Invalidation, Organization, Signatory

admin.site.register(Signatory, SignatoryAdmin)
admin.site.register(Invalidation, InvalidationAdmin)
admin.site.register(Organization, RegisterAdmin)
VettingSite.queue_blocks[:0] = [
    waiting.doubted,
    waiting.by_letter,
    waiting.by_age,
    waiting.answered,
    waiting.seconds,
    waiting.held,
    waiting.refused,
    waiting.bounced,
]  # a vetter came for these
