"""The vetting desk as tests use it: who sits there, what waits, and how it is decided."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from signatories.models import Line, Signatory
from tests.factories import SignatoryFactory, UserFactory

QUEUE = reverse("admin:signatories_signatory_changelist")
WITHHELD = Signatory.Visibility.COUNTED


@pytest.fixture(autouse=True)
def demonstration(settings):
    settings.DEBUG = True  # lets demonstration logins in without a second step; that step has its own tests


def staff(*permissions):
    user = UserFactory(is_staff=True, is_demonstration=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


@pytest.fixture
def vetter(client):
    user = staff("vet_signatory")
    client.force_login(user)
    return user


def page(signatory):
    return reverse("admin:signatories_signatory_change", args=[signatory.pk])


def confirmed(name="Lantern House", acronym="", country="KE", website="", **fields):
    return SignatoryFactory(confirmed=True, line=Line(name, acronym, country, website), **fields)


def names(response):
    return [signatory.line.name for signatory in response.context["cl"].result_list]


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def decide(client, signatory, decision, **answers):
    return client.post(page(signatory), {"decision": decision, "seen": signatory.status, **answers})


def in_bulk(client, action, signatories, **answers):
    chosen = [str(signatory.pk) for signatory in signatories]
    return client.post(QUEUE, {"action": action, "_selected_action": chosen, **answers})
