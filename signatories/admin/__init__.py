"""The vetting desk: Django's admin, where signatories are read and decided on, and nothing else about them changes."""

from django.contrib import admin

from campaigns.admin_site import VettingSite
from signatories.admin import waiting
from signatories.admin.queue import SignatoryAdmin
from signatories.models import Signatory

admin.site.register(Signatory, SignatoryAdmin)
VettingSite.queue_blocks[:0] = [waiting.by_letter, waiting.by_age]  # a vetter came for these
