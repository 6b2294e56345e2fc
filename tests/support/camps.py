"""People in camps who answer a board's cards in a vote on opinions."""
from dataclasses import dataclass

from tests.support import cast, waiting
from workshop.actions.opinions import groups
from workshop.store.models import Activity
from workshop.store.votes.opinion_groups import told

# What the first camp says of nine cards, and the second: they agree on the first two and part on the others.
MINDS = ([1, 1, 1, 1, 1, -1, -1, -1, 0], [1, 1, -1, -1, -1, 1, 1, 1, 0])
TEXTS = ("Que los precios se sepan cada semana", "Que cada acuerdo diga quién responde", "El fondo se reparte por familia",
         "Primero el agua de la altura", "La feria, una vez al mes", "Comprar un camión entre todos",
         "Que vendan los jóvenes", "Un solo precio para la quinua", "La radio, de noche")


@dataclass
class Hall:
    """A vote with its cards, the phones of its people, and who leads."""

    app: object
    vote: str
    cards: list[str]
    people: list[cast.Phone]
    elena: cast.Phone
    meeting: dict

    @property
    def at(self) -> str:
        return f"/w/{self.meeting['workshop']}/votes/{self.vote}"

    def settle(self) -> None:
        """Waits until the groups are those of the ballots as they are now."""
        self.app.extensions["house"].performer.count()
        self.app.extensions["house"].live.groups.soon(self.vote)

        def done():
            with self.app.extensions["house"].store.read() as session:
                return groups.asked(session, session.get_one(Activity, self.vote)) is None
        waiting.wait_for(done, "the groups")

    def told(self) -> dict | None:
        """What everybody may know of the groups."""
        with self.app.extensions["house"].store.read() as session:
            vote = session.get_one(Activity, self.vote)
            return told(session, vote).get("alike")

    def page(self, phone=None, query="") -> str:
        answer = (phone or self.elena).http.get(f"{self.at}?lang=en{query}")
        assert answer.status_code == 200
        return answer.get_data(as_text=True)

    def close(self) -> None:
        cast.ok(self.elena.do("vote.close", {"activity": self.vote}, seat=None))


def hall(app, meeting, phone, people=24, settings=None, delegation=None) -> Hall:
    """A vote of room 1 in which the people stand in two camps, each with one card of its own mind."""
    elena = cast.facilitator(app, meeting)
    ids = cast.delegations(app, meeting)
    phones = []
    for n in range(people):
        phones.append(phone())
        phones[-1].join(meeting["code"], f"Persona {n}", delegation=(delegation or (lambda n: ids[n % 3]))(n))
    writer = phones[0] if phones else phone()
    if not phones:
        writer.join(meeting["code"], "Rosa")
    board = cast.activities(app, meeting["rooms"][0])["ideas"]
    cards = [cast.ok(writer.post(board, text))["card"]["id"] for text in TEXTS]
    vote = cast.ok(elena.do("vote.open", {"room": meeting["rooms"][0], "kind": "opinions", "title": "¿Qué nos une?",
                                          "settings": {"per": "card", "reveal": "live"} | (settings or {})},
                            seat=None))["card"]["id"]
    made = Hall(app, vote, cards, phones, elena, meeting)
    for n in range(people):
        answer(made, n, {})
    return made


def answer(hall: Hall, n: int, but: dict[int, int | None], rev: int = 0) -> None:
    """The person answers as their camp does, one card in four the other way round, and some `but` (None: not at all)."""
    mind = dict(enumerate(MINDS[n % 2]))
    if n % 4 > 1:
        mind[2 + n % 6] *= -1
    choices = {hall.cards[i]: said for i, said in (mind | but).items() if said is not None}
    cast.ok(hall.people[n].do("ballot.cast", {"activity": hall.vote, "base_rev": rev, "choices": choices}))
