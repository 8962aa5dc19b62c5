"""A letters.changes.Comparison in words, for templates/letters/comparison.html."""

from django import template
from django.template.defaultfilters import capfirst
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from letters.pdf import writing

register = template.Library()


@register.filter
def redline(part):
    """The redline of anything that has one as `html`: a Part of letters.changes, place and date."""
    return mark_safe(part.html)  # noqa: S308 - written anew from escaped text and few tags, see letters.changes.redline


@register.filter
def in_short(comparison):
    """ "12 words inserted, 3 deleted; recipients changed." """
    if comparison.is_typeset_only:
        return _("Only typesetting differs, such as quotes, dashes and spaces. The digest is the same.")
    if comparison.is_same:
        return _("Nothing differs in what is signed.")
    found = [words for words in (_counted(comparison), _of_texts(comparison), _of_recipients(comparison)) if words]
    return capfirst("; ".join(found or [_("no words differ, but punctuation, links or the structure do")])) + "."


@register.filter
def changed_parts(text):
    return [part for part in text.parts if part.is_changed]


@register.filter
def changed_recipients(comparison):
    """Also those that only moved; not those that stand at another number because one before them came or went."""
    return [one for one in comparison.recipients if one.state != "same" or one.is_moved]


@register.filter
def named(language):
    """What the reader of this page calls a language."""
    return writing.name_of(language, get_language() or "en")


@register.filter
def direction(language):
    return writing.of(language).direction


def _counted(comparison):
    """Words of texts that both versions have: one that came or went as a whole is named instead."""
    changed = [part for text in comparison.texts if text.state == "changed" for part in text.parts]
    inserted, deleted = (sum(getattr(part, how) for part in changed) for how in ("inserted", "deleted"))
    number = {"inserted": inserted, "deleted": deleted}
    if not inserted and not deleted:
        return ""
    if not deleted:
        return ngettext("%(inserted)d word inserted", "%(inserted)d words inserted", inserted) % number
    if not inserted:
        return ngettext("%(deleted)d word deleted", "%(deleted)d words deleted", deleted) % number
    both = ngettext(
        "%(inserted)d word inserted, %(deleted)d deleted", "%(inserted)d words inserted, %(deleted)d deleted", inserted
    )
    return both % number


def _of_texts(comparison):
    said = []
    for text in comparison.texts:
        names = {"language": named(text.language)}
        if text.state == "added":
            said.append(_("text in %(language)s added") % names)
        elif text.state == "removed":
            said.append(_("text in %(language)s removed") % names)
        if text.is_authentic and not text.was_authentic:
            said.append(_("%(language)s is the authentic text now") % names)
    return "; ".join(said)


def _of_recipients(comparison):
    return _("recipients changed") if changed_recipients(comparison) else ""
