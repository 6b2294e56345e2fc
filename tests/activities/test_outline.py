"""The outline of a board: every card once, and the same on paper as on the screen."""
import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.activities.test_places_and_fields import BOARDS
from tests.support import needs
from workshop import activities
from workshop.activities.ideas.outline import DEEP, outline

ids = [f"card-{n}" for n in range(12)]
placed = st.fixed_dictionaries({}, optional={
    "column": st.sampled_from(["efectos", "causas"]), "row": st.sampled_from(["antes", "El agua", "Las ferias"]),
    "lane": st.just("hitos"), "at": st.sampled_from(["2021", "2021-10", "2019-05-01"]),
    "parent": st.sampled_from([*ids, "elsewhere"])})
boards = st.tuples(st.sampled_from(sorted(BOARDS)), st.lists(placed, max_size=len(ids)), st.sets(st.sampled_from(ids)))


def made(board) -> tuple[dict, list[dict], dict]:
    """(settings, cards, places) of what hypothesis drew."""
    name, places, on_plane = board
    return (BOARDS[name], [{"id": ids[n], "place": place} for n, place in enumerate(places)],
            {key: {"x": 1, "y": int(key[5:]) % 4} for key in sorted(on_plane)})


def seen(nodes) -> list[str]:
    return [key for node in nodes for key in (node["card"]["id"], *seen(node["nodes"]))]


@given(boards)
def test_every_card_stands_in_it_once_whatever_hangs_from_what(board):
    settings, cards, places = made(board)
    sections = outline(settings, cards, places)
    assert sorted(key for one in sections for key in seen(one["nodes"])) == sorted(card["id"] for card in cards)
    assert all(one["depth"] in (2, 3) for one in sections) and (not sections or sections[0]["depth"] == 2)


def test_causes_stand_under_the_causes_they_hang_from_and_a_ring_is_no_trap():
    cards = [{"id": "a", "place": {"column": "causas"}}, {"id": "b", "place": {"column": "causas", "parent": "a"}},
             {"id": "c", "place": {"column": "efectos", "parent": "a"}},
             {"id": "d", "place": {"column": "causas", "parent": "e"}},
             {"id": "e", "place": {"column": "causas", "parent": "d"}}]
    effects, causes = outline(BOARDS["tree"], cards)
    assert seen(effects["nodes"]) == ["c"]
    assert [(node["card"]["id"], seen(node["nodes"])) for node in causes["nodes"]] == [("a", ["b"]), ("d", ["e"])]


def test_a_chain_of_a_thousand_causes_can_be_read():
    cards = [{"id": str(n), "place": {"column": "causas", "parent": str(n - 1)}} for n in range(1000)]
    nodes, depth = outline(BOARDS["tree"], cards)[1]["nodes"], 0
    assert len(seen(nodes)) == 1000
    while nodes:
        depth, nodes = depth + 1, [inner for node in nodes for inner in node["nodes"]]
    assert depth == DEEP


def test_a_timeline_is_read_from_the_earliest_date_to_what_has_none():
    cards = [{"id": str(n), "place": place} for n, place in enumerate((
        {"lane": "hitos"}, {"lane": "hitos", "at": "2021-10"}, {"at": "2021"}, {"lane": "hitos", "at": "2019"}))]
    assert [(one["title"], one["depth"], seen(one["nodes"])) for one in outline(BOARDS["timeline"], cards)] == [
        ("2019", 2, []), ("Hitos", 3, ["3"]), ("2021", 2, ["2"]), ("10/2021", 2, []), ("Hitos", 3, ["1"]),
        (None, 2, []), ("Hitos", 3, ["0"])]


@pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")
def test_screen_and_paper_have_the_same_outline():
    many = [made(boards.example()) for _ in range(60)]
    levels = [{"key": key, "title": key.title()} for key in ("efectos", "causas", "medios")]
    problems = {"layout": "tree", "columns": levels}
    turned = [{"id": "m", "place": {"column": "medios", "parent": "a"}}, {"id": "a", "place": {"column": "causas"}},
              {"id": "b", "place": {"column": "causas"}}, {"id": "e", "place": {"column": "efectos"}},
              {"id": "x", "place": {}}]
    many += [(problems, turned, {}, True), (problems, turned[1:], {}, False)]
    assert [(one["title"], one["key"], one.get("still"), seen(one["nodes"])) for one in outline(*many[-2])] == [
        (None, "fines", ["e"], ["e"]), ("Medios", "medios", ["b"], ["m", "b"]), (None, None, None, ["x"])]
    sections = (Path(activities.__file__).parent / "ideas" / "layouts" / "sections.js").as_uri()
    script = (f"import {{ outline }} from {json.dumps(sections)};"
              "let said = ''; process.stdin.on('data', (part) => said += part).on('end', () =>"
              "console.log(JSON.stringify(JSON.parse(said).map((one) => outline(...one)))));")
    done = subprocess.run([needs.program("node"), "--no-warnings", "--input-type=module", "-e", script],
                          capture_output=True, text=True, input=json.dumps(many), check=False)
    assert done.returncode == 0, done.stderr
    drawn = json.loads(done.stdout)
    assert sum(len(one) for one in drawn) > 100
    assert drawn == [outline(*one) for one in many]
