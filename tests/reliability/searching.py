"""Searching what is left for words: files, texts by their place, and mails however they are encoded."""


def files(folder):
    """The names of all files that are left."""
    return "\n".join(str(path.relative_to(folder)) for path in folder.rglob("*"))


def found_in(places, words):
    """Where one of the words stands, with what stands around it."""
    found = {}
    for place, said in places.items():
        said = said.casefold()
        for word in words:
            at = said.find(word)
            if at >= 0:
                found.setdefault(place, said[max(0, at - 80) : at + 80])
    return found


def spelled(raw, message):
    """A mail as it came and as it is read: headers and every part, decoded."""
    parts = [one.get_payload(decode=True) for one in message.walk() if not one.is_multipart()]
    read = [raw, *parts, *(f"{name}: {value}".encode() for name, value in message.items())]
    return "\n".join(part.decode(errors="replace") for part in read)
