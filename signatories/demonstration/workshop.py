"""What a workshop leaves behind: a letter's French text, and what partners said about a draft."""

from __future__ import annotations

from dataclasses import dataclass

FRENCH = {
    "language": "fr",
    "title": "De la lumière pour les bacs de nuit du lac Oremba",
    "headline": "Équipages et familles demandent de la lumière sur l’eau",
    "re_line": "Éclairage des cinq traversées de nuit",
    "salutation": "Mon capitaine,",
    "body": (
        "<p>Dans la nuit du 3 février, le bac <em>Halcyon</em> et une barque du marché se sont heurtés dans le noir au"
        " large de la pointe de la Crécerelle. Personne ne s’est noyé. Neuf personnes, dont un enfant de deux ans, sont"
        " restées une heure dans l’eau ; c’est au son d’un sifflet de fer-blanc qu’on les a retrouvées.</p>"
        "<p>Le lac compte cinq traversées de nuit et une seule bouée éclairée. Après l’accident de l’année précédente,"
        " l’inspecteur de l’Autorité lui-même écrivait que « quatre lampes et un homme pour les remplir » suffiraient."
        '<sup data-footnote="">Autorité du lac Oremba, inspecteur des traversées, rapport 17 de 2024, paragraphe'
        " 9.</sup> L’argent fut voté, puis dépensé pour un ponton.</p>"
        "<p>Nous vous demandons d’éclairer les quatre autres traversées avant les brumes d’automne, de confier les"
        " lampes aux équipages qui passent devant elles chaque nuit, et de publier une fois par mois lesquelles ont"
        " brûlé.</p>"
        "<p>Nous aimerions mieux vous remercier au printemps que vous écrire de nouveau.</p>"
    ),
    "closing": "Veuillez agréer, mon capitaine, l’expression de nos sentiments respectueux,",
}


@dataclass(frozen=True)
class Voice:
    """A partner's position and one comment, on the paragraph `unit`; with an answer if there is one."""

    organization: str
    email: str
    position: str = ""
    unless: str = ""
    unit: int | None = None
    words: str = ""
    wording: str = ""
    answer: str = ""
    why: str = ""


MESSAGE = "The figures are still missing; tell us about the rest. We want to open this before the rains."
VOICES = (
    Voice(
        "Shipwrights of Kestrel Bay",
        "yard@kestrelbay.example",
        "support",
        unit=0,
        words="Forty is right for two of the boats; the others are older than their papers.",
        wording=(
            "The seven school boats of Lake Oremba are between thirty and fifty years old. Two of them no longer leave"
            " their moorings, and lessons are held with the pump running."
        ),
    ),
    Voice(
        "Teachers of the Floating Schools",
        "office@floatingschools.example",
        "refuse",
        "the letter names the teachers who keep the pumps going.",
        unit=0,
        words="Say who runs the pump: it is the teachers, unpaid.",
        answer="declined",
        why="True, but this letter is about the boats. We write about pay in spring.",
    ),
    Voice("Lantern House Legal Aid Clinic", "desk@lanternhouse.example"),
)
