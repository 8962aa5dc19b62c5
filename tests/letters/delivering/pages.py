"""The pages of deliveries as a browser asks for them."""

from django.urls import reverse

from tests.letters.desk import fields


def deliver(letter):
    return reverse("letters:deliver", args=[letter.slug])


def prepare(edition, place=0, **query):
    path = reverse("letters:prepare_delivery", args=[edition.letter.slug, edition.number, place])
    return path + ("?" + "&".join(f"{name}={value}" for name, value in query.items()) if query else "")


def of(delivery, name="delivery"):
    return reverse(f"letters:{name}", args=[delivery.edition.letter.slug, delivery.pk])


def reply(one, name):
    return reverse(f"letters:{name}", args=[one.letter.slug, one.number])


def sent_from(client, page, **typed):
    """The page's form as it stands, with what is typed into it; of two documents the public one."""
    shown = fields(client.get(page))
    return client.post(page, {"document": shown.get("document") or "en:public"} | shown | typed)


def publish_reply(client, one):
    """As the page that shows it does: with a sign of what was shown."""
    return client.post(reply(one, "publish_reply"), {"seen": one.touched_at.isoformat()}, follow=True)
