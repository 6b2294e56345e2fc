"""What users read, one word for each thing in each language, and the words that no catalogue may use for it.

`Term.not_these`: by language, patterns of what would be another word for the same thing, or another thing's word;
`tests/project/test_glossary.py` holds every message and every translation to them.
"""
import re
from dataclasses import dataclass, field

FRENCH_SPACE, FRENCH_THIN = "\u00a0", "\u202f"  # before a colon; before ; ? ! and inside « »: neither breaks the line


def french(text: str) -> str:
    """A French text whose signs stay with their words at the end of a line, and whose apostrophes are set."""
    text = re.sub(r"[ \u00a0\u202f]+([;?!»])", FRENCH_THIN + r"\1", text)
    text = re.sub(r"«[ \u00a0\u202f]*", "«" + FRENCH_THIN, text)
    text = re.sub(r"[ \u202f]+:", FRENCH_SPACE + ":", text)
    return re.sub(r"(?<=\w)'(?=\w)", "’", text)


@dataclass(frozen=True)
class Term:
    """A thing that users read of: what it is, its word in each language, and what it is not called."""

    thing: str
    words: dict[str, str]
    not_these: dict[str, tuple[str, ...]] = field(default_factory=dict)


TERMS = (
    Term("the meeting as a whole, with its code", {"en": "workshop", "es": "taller", "fr": "atelier"}),
    Term("a working group's place in it, with board and steps", {"en": "room", "es": "sala", "fr": "salle"}),
    Term("the place where people sit together",
         {"en": "the hall", "es": "presencial; el encuentro", "fr": "sur place ; la rencontre"},
         {"es": (r"\ben la sala (?:principal|grande)\b", r"\bauditorio\b"), "fr": (r"\bgrande salle\b",)}),
    Term("all rooms together", {"en": "plenary", "es": "plenaria", "fr": "plénière"}),
    Term("somebody who takes part", {"en": "person", "es": "persona", "fr": "personne"},
         {"en": (r"\bseats?\b",), "es": (r"\basientos?\b",), "fr": (r"\bsièges?\b",)}),
    Term("a person's code on another phone",
         {"en": "return code", "es": "código para volver", "fr": "code pour revenir"},
         {"en": (r"\bcodes? for coming back\b",)}),
    Term("whether the device reaches the server", {"en": "connection", "es": "conexión", "fr": "connexion"},
         {"en": (r"\bno line\b", r"\bslow line\b", r"\bneeds a line\b", r"\bwithout a line\b"),
          "es": (r"\bsin línea\b", r"\blínea lenta\b", r"\btener línea\b"),
          "fr": (r"\bpas de ligne$", r"\bsans ligne\b", r"\bligne lente\b")}),
    Term("that what others write comes seldom, and costs less", {"en": "less data", "es": "pocos datos",
                                                                 "fr": "moins de données"},
         {"es": (r"\blivian[oa]s?\b",), "fr": (r"\bléger\b",)}),
    Term("ideas that the facilitator reads before all see them",
         {"en": "ideas to review", "es": "ideas por revisar", "fr": "idées à relire"},
         {"en": (r"\binbox\b", r"\btray\b"), "es": (r"\bbandejas?\b",),
          "fr": (r"\bboîtes? d[’']entrée\b", r"\bcorbeilles?\b")}),
    Term("what is left of a workshop, as a document", {"en": "report", "es": "memoria", "fr": "compte rendu"},
         {"es": (r"\b(?:el|del|al|este) informe\b",), "fr": (r"\b(?:le|du|au|ce) rapport\b",)}),
    Term("the page from which the team leads", {"en": "desk", "es": "mesa de control", "fr": "tableau de bord"},
         {"es": (r"\bescritorio\b",), "fr": (r"\bpupitres?\b",)}),
    Term("to name the card that a sentence comes from", {"en": "to cite", "es": "citar", "fr": "citer"}),
    Term("a sentence that is what somebody said, word for word",
         {"en": "quotation", "es": "palabras textuales", "fr": "paroles exactes"},
         {"en": (r"\bas (?:a )?quotation\b",), "es": (r"\bcomo cita\b", r"^cita$"),
          "fr": (r"\bcomme citation\b", r"^citation$")}),
    Term("what is there no longer", {"en": "no longer", "es": "ya no", "fr": "ne … plus"},
         {"en": (r"\bhere no more\b", r"\bcan be \w+ no more\b")}),
    Term("to make one card of several", {"en": "to merge", "es": "juntar", "fr": "réunir"},
         {"en": (r"\bput together\b", r"\bput \{card\} together\b")}),
    Term("what a facilitator calls to account for nobody", {"en": "facilitator", "es": "facilitación", "fr": "animation"}),
)
