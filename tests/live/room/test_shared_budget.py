"""What a delegation has spent of dots that it shares, over real sockets."""
from tests.live.device import idea


def vote(server, Device):
    """(a vote with six dots for each delegation, ids of cards, a function that lets somebody of delegation number n in)."""
    room, at = server.meeting["rooms"][0], server.meeting["workshop"]
    elena = Device(server.url).staff(server.meeting["staff"], at, room).connect()
    made = elena.do("room.create", {"workshop": at, "title": "Mesa", "method": "carrusel"}, seat=None)["card"]
    assert elena.do("steps.set", {"room": made["id"], "base": made["edition"], "steps": [
        {"key": made["steps"][0]["key"], "minutes": 0, "opens": ["ideas", "prioridades"]}]}, seat=None)["ok"]
    assert elena.do("room.open", {"room": made["id"]}, seat=None)["ok"]
    names = Device(server.url).join(server.meeting["code"], "Ana", room=made["number"]).place["delegations"]

    def person(name: str, delegation: int):
        one = Device(server.url).join(server.meeting["code"], name, room=made["number"],
                                      delegation=names[delegation]["id"]).connect()
        assert one.pump(lambda: kind(one, "dots"))
        return one

    def kind(one, name: str) -> str | None:
        return next((key for key, card in one.cards.items() if card.get("of") == name and card["room"] == made["id"]), None)
    first = person("Lucía", 2)
    cards = [first.do("contribution.add", idea(server, f"Idea {n}") | {
        "activity": kind(first, "ideas"), "place": {"row": "Agua"}})["card"]["id"] for n in range(3)]
    return kind(first, "dots"), cards, person


def cast(person, dots: str, cards: list[str]) -> None:
    """Give each of the cards a dot."""
    answer = person.do("ballot.cast", {"activity": dots, "choices": dict.fromkeys(cards, 1), "base_rev": 0})
    assert answer["ok"], answer


def test_the_devices_of_a_delegation_hear_what_is_spent_and_no_others_do(server, Device):
    dots, cards, person = vote(server, Device)
    rosa, elvira, luis = person("Rosa", 0), person("Elvira", 0), person("Luis", 1)
    cast(rosa, dots, cards[:2])
    taraco = rosa.place["seats"][0]["delegation"]
    assert elvira.pump(lambda: elvira.ballots.get(dots, {}).get("choices") == {"spent": 2})
    assert elvira.ballots[dots]["seat"] == taraco
    cast(luis, dots, cards[:1])  # so what hers set off has gone out
    assert luis.pump(lambda: luis.ballots.get(dots))
    assert "spent" not in str(luis.heard) and all(ballot["seat"] != taraco for ballot in luis.ballots.values())
    late = person("Julia", 0)
    assert late.pump(lambda: late.ballots.get(dots, {}).get("choices") == {"spent": 2}), "said at the door"
