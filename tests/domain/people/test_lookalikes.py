"""Names that look like another's."""
import pytest

from workshop.domain.people.lookalikes import LEADS, OTHER, SAME, STAFF, Named, look


def told(*names: str, staff=("Elena Quispe",), of: dict | None = None) -> dict[str, tuple]:
    """{name: (sort, like whom)} of what is told of these people."""
    seats = [Named(str(i), name, (of or {}).get(i)) for i, name in enumerate(names)]
    return {names[int(key)]: (one.sort, one.of) for key, one in look(seats, list(staff)).items()}


@pytest.mark.parametrize("name", [
    "Elena Quispe", "ELENA QUISPE", "elena  quispé", "Elena Quispe ✔", "E1ena Quispe", "EIena Quispe", "Еlеnа Quispe",
    "Ełena Quispe", "Elena.Quispe", "Ｅｌｅｎａ Quispe", "𝓔𝓵𝓮𝓷𝓪 Quispe", "3lena Qu1spe", "Elena Quispe (equipo)",
    "⭐Elena Quispe⭐", "Elena Qui\u0301spe"])
def test_who_looks_like_somebody_of_the_team_is_told_of(name):
    assert told(name) == {name: (STAFF, ["Elena Quispe"])}


@pytest.mark.parametrize("name", [
    "Equipo facilitador", "Facilitadora", "FACILITAD0RA", "Faci1itador", "FaciIitador", "F a c i l i t a d o r a",
    "Fасilitаdоr", "equipo", "Facilitator", "Équipe d’animation (animatrice)", "Modérateur", "Moderador", "Organización",
    "organisateurs", "Tinkuy", "Staff", "Admin", "La Administración", "Umalliq", "Irpiri", "P’iqinchiri", "Yanapaqkuna"])
def test_who_calls_themselves_as_who_leads_does_is_told_of(name):
    assert told(name) == {name: (LEADS, [])}


@pytest.mark.parametrize("name", [
    "Elena", "Elena Mamani", "Equipo Taraco", "Ana Moderna", "Facundo", "Rosa Quispe", "Иван Петров", "山田", "👩‍🌾",
    "Grupo 6", "Irma", "Hostia", "Animal", "Relátame", "Coordina Pérez", "7", "مریم"])
def test_who_only_has_a_name_is_not_told_of(name):
    assert told(name) == {}


@pytest.mark.parametrize(("first", "later"), [
    ("Rosa Mamani", "Rоsa Mamani"), ("Julio Flores", "Ju1io Flores"), ("Julio Flores", "JuIio Flores"),
    ("Rosa Mamani", "Rosa Marnani"), ("Rosa Mamani", "R0sa Mamani")])
def test_of_two_participants_who_look_alike_the_later_one_is_told_of(first, later):
    assert told(first, later) == {later: (OTHER, [first])}


@pytest.mark.parametrize("names", [
    ("Elia", "Ella"), ("Ana", "Anna"), ("Clara", "Dara"), ("Grupo 6", "Grupo 7"), ("Mesa 1", "Mesa 2"),
    ("Persona 10", "Persona 11"), ("Iván", "Ивана"), ("6", "7"), ("❤️", "🌽")])
def test_names_that_are_only_near_to_each_other_are_not_told_of(names):
    assert told(*names) == {}


def test_two_of_one_name_are_a_hint_where_they_come_from_one_delegation_and_nothing_where_they_do_not():
    assert told("María Quispe", "Maria  QUISPE") == {"María Quispe": (SAME, ["2"]), "Maria  QUISPE": (SAME, ["2"])}
    assert told("María Quispe", "Maria Quispe", of={0: "taraco", 1: "salinas"}) == {}


def test_of_a_thousand_people_each_name_is_looked_at_once(monkeypatch):
    from workshop.domain.people import lookalikes
    seen, skeleton = [], lookalikes.skeleton
    monkeypatch.setattr(lookalikes, "skeleton", lambda name: seen.append(name) or skeleton(name))
    assert told(*(f"Persona Número {i}" for i in range(1000))) == {} and len(seen) == 1000
