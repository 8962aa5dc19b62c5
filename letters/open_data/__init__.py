"""What anyone may take away: the public roll and the facts of a letter, as JSON, CSV, text, Atom and oEmbed.

Plain data in, bytes out; docs/open-data.md tells readers what each form holds. Nothing here touches the database, and
what comes in is public already: `Roll` holds no withheld name.
"""

from letters.open_data import embedding, feed, listing, pages, structured, table
from letters.open_data.facts import EditionFacts, Facts, TextFacts

__all__ = ["EditionFacts", "Facts", "TextFacts", "embedding", "feed", "listing", "pages", "structured", "table"]
