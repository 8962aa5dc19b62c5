"""What has changed since the newest edition of a letter: what a next one would say."""

from __future__ import annotations

from dataclasses import dataclass

from letters.document import RollLine
from letters.models import AddresseeNames, Edition, Letter


@dataclass(frozen=True)
class Since:
    """`came` and `left` are printed lines, `withheld` how many more (or less) are counted without their names,
    `is_amended` whether another text is in force, `to_addressee` how many came or went of those that are named to the
    addressee alone; `is_forgotten` that the names of its copy are not kept any more.
    """

    edition: Edition
    came: list[RollLine]
    left: list[RollLine]
    withheld: int
    is_amended: bool
    to_addressee: int
    is_forgotten: bool

    @property
    def is_any(self) -> bool:
        return bool(self.came or self.left or self.withheld or self.is_amended or self.to_addressee)


def since(letter: Letter, *, may_run: bool) -> Since | None:
    """None for a letter without an edition. Of the addressee's copy only who may run the letter learns anything."""
    edition = letter.editions.light().select_related("revision").order_by("-number").first()
    revision = letter.revision
    if edition is None or revision is None:
        return None
    came, left = letter.signatories.came_and_went_since(edition)
    withheld = letter.signatories.listed().withheld().count()
    names = AddresseeNames.objects.filter(edition=edition).first() if may_run else None
    is_forgotten = bool(names and names.deleted_at)
    tells_changes = may_run and not is_forgotten
    return Since(
        edition=edition,
        came=came,
        left=left,
        withheld=withheld - letter.signatories.in_print(edition).withheld,
        is_amended=edition.revision.digest != revision.digest,
        to_addressee=len(_named(names) ^ _would_be_named(letter)) if tells_changes else 0,
        is_forgotten=is_forgotten,
    )


def _named(names: AddresseeNames | None) -> set[str]:
    return set(names.held["signatories"]) if names else set()


def _would_be_named(letter: Letter) -> set[str]:
    listed = letter.signatories.listed().to_addressee()
    return {str(pk) for pk in listed.values_list("pk", flat=True)}
