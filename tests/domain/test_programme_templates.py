"""The programmes that a workshop can begin with."""
from datetime import UTC, datetime, timedelta
from importlib import resources

import pytest

from workshop.domain.programme import plan
from workshop.domain.programme_templates import load, template, templates
from workshop.store.models import Block

KEYS = {"una_hora", "media_jornada", "encuentro"}


def test_an_hour_half_a_day_and_the_founding_meetings_three_days_are_offered_the_shortest_first():
    assert [one.key for one in templates()] == ["una_hora", "media_jornada", "encuentro"]
    assert [one.days for one in templates()] == [1, 1, 3]
    assert templates()[0].minutes == 60
    assert 180 <= templates()[1].minutes <= 300
    assert template("encuentro") is templates()[2]
    assert template("nobody") is None


@pytest.mark.parametrize("one", templates(), ids=lambda one: one.key)
def test_every_word_is_there_in_three_languages_and_a_title_fits_its_column(one):
    said = [one.name, one.purpose, *(words.model_dump() for day in one.said for block in day
                                     for words in (block.title, block.aim) if words)]
    for words in said:
        assert set(words) == {"es", "fr", "en"}
        assert all(word.strip() == word for word in words.values())
        assert words["es"] != words["fr"]
    for language in ("es", "fr", "en"):
        assert all(0 < len(block["title"]) <= 80 for block in one.blocks("2026-10-05", "America/Lima", language))


def test_the_three_days_begin_on_the_day_that_is_said_at_half_past_eight_of_the_first_zone():
    blocks = template("encuentro").blocks("2026-10-30", "America/Lima")
    assert list(dict.fromkeys(block["day"] for block in blocks)) == template("encuentro").day_list("2026-10-30")
    assert template("encuentro").day_list("2026-10-30") == ["2026-10-30", "2026-10-31", "2026-11-01"]
    first = [block for block in blocks if block["position"] == 0]
    assert [block["starts_at"] for block in first] == [
        datetime(2026, 10, 30, 13, 30, tzinfo=UTC) + timedelta(days=n) for n in range(3)]
    assert [block["pinned"] for block in blocks].count(True) == 3
    assert blocks[1]["title"] == "Feria de experiencias: videos y paneles"
    assert template("encuentro").blocks("2026-10-30", "America/Lima", "en")[1]["title"].startswith("Gallery of experiences")


@pytest.mark.parametrize("one", templates(), ids=lambda one: one.key)
def test_what_a_template_says_of_a_blocks_start_is_what_the_programme_computes(one):
    rows = [Block(**block) for block in one.blocks("2026-03-28", "Europe/Paris")]  # the clocks change on the 29th
    assert [start for _block, start in plan(rows, "Europe/Paris")] == [row.starts_at for row in rows]


def test_a_day_that_is_none_is_refused():
    for day in ("2026-02-30", "soon", "9999-12-31"):
        with pytest.raises(ValueError):
            template("encuentro").blocks(day, "America/Lima")


@pytest.mark.parametrize(("change", "said"), [
    (("minutes: 60", "minutes: 0"), "minutes"),
    (("method: lluvia", "method: nothing"), "no method nothing"),
    (("key: media_jornada", "key: other"), "key"),
    (("kind: groups", "kind: party"), "kind"),
    (("minutes: 60", 'at: "08:00"\n      minutes: 60'), "before the block before it")])
def test_a_bad_file_stops_the_program_and_is_named(tmp_path, change, said):
    text = (resources.files("workshop") / "programmes" / "media_jornada.yaml").read_text()
    assert change[0] in text
    (tmp_path / "media_jornada.yaml").write_text(text.replace(*change, 1))
    with pytest.raises(RuntimeError, match=f"(?s)media_jornada.yaml: .*{said}"):
        load(tmp_path)
