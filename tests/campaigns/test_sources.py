"""Places told apart for two days, and no address kept."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import RequestFactory

from campaigns import sources
from campaigns.models import Salt

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_salt(monkeypatch):
    monkeypatch.setattr(sources, "_today", None)


def request(remote="192.0.2.1", forwarded=None):
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    return RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("192.0.2.1:8080", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::9]:443", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("", ""),
        ("unknown", ""),
        ("192.0.2.999", ""),
        ("<script>", ""),
    ],
)
def test_network_of_is_one_place(address, network):
    assert sources.network_of(address) == network


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1"),  # anybody can write this header
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.7, 203.0.113.9, 192.0.2.77", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, None, "192.0.2.1"),
    ],
)
def test_address_of_believes_our_own_proxies_alone(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXY_COUNT = proxies
    assert sources.address_of(request(forwarded=forwarded)) == address


def test_source_of_tells_places_apart_and_names_none():
    one, again, other = (sources.source_of(request(remote)) for remote in ("192.0.2.1", "192.0.2.1", "192.0.2.2"))
    assert (one == again, one == other, len(one)) == (True, False, sources.LENGTH)
    assert sources.source_of(request("")) == ""


def test_source_of_changes_with_the_day_and_cannot_be_found_again_without_its_salt():
    with time_machine.travel(datetime(2027, 3, 1, 23, 59, tzinfo=UTC), tick=False) as clock:
        evening = sources.source_of(request())
        clock.move_to(datetime(2027, 3, 2, 0, 1, tzinfo=UTC))
        assert sources.source_of(request()) != evening
        clock.move_to(datetime(2027, 3, 2, 23, 59, tzinfo=UTC))
        assert sources.forget() == date(2027, 3, 1)
        assert Salt.objects.count() == 2
        clock.move_to(datetime(2027, 3, 3, 0, 0, tzinfo=UTC))
        assert sources.forget() == date(2027, 3, 2)
        assert list(Salt.objects.values_list("day", flat=True)) == [date(2027, 3, 2)]


def test_salt_is_the_same_for_every_process(monkeypatch):
    first = sources.source_of(request())
    monkeypatch.setattr(sources, "_today", None)  # another process
    assert sources.source_of(request()) == first
    assert Salt.objects.count() == 1
