"""Photos and voice notes from the device to the other screens."""
from io import BytesIO

import pytest
from PIL import Image

from tests.media.pictures import jpeg, wav
from tests.support.cast import edition, facilitator, ok
from workshop.domain import limits
from workshop.media import redraw


def test_a_photo_is_on_the_others_board_small_and_whole_and_says_nothing_of_the_place(bench):
    content = jpeg()
    assert b"Casa de Rosa" in content and Image.open(BytesIO(content)).getexif().get_ifd(0x8825)
    before = bench.luis.catch_up(bench.meeting["rooms"][0])[bench.card]["seq"]
    said = bench.attach(content).get_json()
    assert said["ok"] and said["card"]["files"] == bench.files() and said["card"]["seq"] > before
    file, = bench.files()
    assert (file["kind"], file["w"], file["h"]) == ("photo", 1280, 960)
    whole, small = (bench.luis.http.get(f"/media/{file['id']}{end}") for end in ("", "/small"))
    assert whole.mimetype == "image/jpeg" and small.mimetype == "image/webp"
    assert len(small.data) <= limits.SMALL_PICTURE < len(whole.data)
    for answer in (whole, small):
        image = Image.open(BytesIO(answer.data))
        assert not image.getexif() and "comment" not in image.info and b"Casa de Rosa" not in answer.data
    assert Image.open(BytesIO(whole.data)).size == (1280, 960)


def test_a_photo_held_on_its_side_stands_upright(bench):
    file = bench.attach(jpeg(800, 600, orientation=6)).get_json()["card"]["files"][0]
    assert (file["w"], file["h"]) == (600, 800)
    red, _, blue = Image.open(BytesIO(bench.rosa.http.get(f"/media/{file['id']}").data)).getpixel((550, 50))
    assert red > 150 > 80 > blue  # the corner that was on the left is on the right


def test_a_transparent_picture_gets_a_white_ground(bench):
    out = BytesIO()
    Image.new("RGBA", (40, 30), (0, 0, 0, 0)).save(out, "PNG")
    key = bench.attach(out.getvalue()).get_json()["id"]
    assert min(Image.open(BytesIO(bench.rosa.http.get(f"/media/{key}").data)).getpixel((20, 15))) > 250


def test_the_small_form_keeps_its_size_whatever_the_picture_shows():
    noise = Image.effect_noise((1280, 1280), 200).convert("RGB")
    out = BytesIO()
    noise.save(out, "JPEG", quality=95)
    out.seek(0)
    assert 1000 < len(redraw.draw(out)[2]) <= limits.SMALL_PICTURE


def test_sending_the_same_again_gives_the_same_answer_and_one_file(bench):
    content = jpeg(400, 300)
    first, second = (bench.attach(content, id="rosas-photo-1").get_json() for _ in range(2))
    assert first == second and first["ok"]
    assert len(bench.files()) == 1 and len(bench.kept()) == 2 and len(bench.rows()) == 1
    other = bench.attach(jpeg(300, 400), id="rosas-photo-1").get_json()
    assert other["code"] == "id_reused" and len(bench.files()) == 1
    assert bench.rosa.http.get("/media/rosas-photo-1").status_code == 200


def test_a_voice_note_is_played_in_parts_and_its_transcript_stands_under_it(bench):
    said = bench.attach(wav(), kind="voice", seconds=1).get_json()
    file, = bench.files()
    assert file == {"id": said["id"], "kind": "voice", "seconds": 1}
    part = bench.luis.http.get(f"/media/{file['id']}", headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.data, part.mimetype) == (206, b"RIFF", "audio/wav")
    elena = facilitator(bench.app, bench.meeting)
    noted = {"id": bench.card, "file": file["id"], "text": " La semilla se guarda en casa. "}
    assert bench.rosa.do("attachment.transcribe", noted)["code"] == "forbidden"
    assert elena.do("attachment.transcribe", noted, None)["ok"]
    assert bench.files()[0]["text"] == "La semilla se guarda en casa."
    row, = bench.rows()
    assert row.transcript_by == bench.meeting["owner"] and row.transcript_at
    assert elena.do("attachment.transcribe", noted | {"text": "  "}, None)["code"] == "empty"
    assert elena.do("attachment.transcribe", noted | {"file": "no-such-file"}, None)["code"] == "no_such_file"


@pytest.mark.parametrize("stands", ["(Nota de voz)", "(Note vocale)", "(Voice note)"])
def test_words_of_a_card_that_is_a_voice_are_its_text_wherever_they_are_written_down(bench, stands):
    """On the board with "Change", or on the rapporteur's page; it is no note without text then, and nothing stands twice."""
    elena = facilitator(bench.app, bench.meeting)
    for n, said in enumerate(("Que siga la feria.", "El agua alcanza.")):
        bench.card = bench.rosa.post(bench.board, stands)["card"]["id"]
        file = bench.attach(wav(), kind="voice").get_json()["id"]
        on_the_board = ("contribution.edit", {"id": bench.card, "body": {"text": said}, "base_rev": 1})
        beside = ("attachment.transcribe", {"id": bench.card, "file": file, "text": said})
        assert elena.do(*(on_the_board, beside)[n], None)["ok"]
        card = bench.luis.catch_up(bench.meeting["rooms"][0])[bench.card]
        assert (card["body"]["text"], card["files"][0]["text"]) == (said, said)
        better = f"{said} Y la semilla."
        assert elena.do("attachment.transcribe", {"id": bench.card, "file": file, "text": better}, None)["ok"]
        card = bench.luis.catch_up(bench.meeting["rooms"][0])[bench.card]
        assert (card["body"]["text"], card["files"][0]["text"]) == (better, better)
        page = bench.luis.http.get(f"/w/{bench.meeting['workshop']}/r/1").get_data(as_text=True)
        assert page.count(f'<p class="text">{better}</p>') == 1 and f'<p class="transcript">{better}' not in page


def test_a_voice_beside_a_text_keeps_its_own_words(bench):
    elena = facilitator(bench.app, bench.meeting)
    file = bench.attach(wav(), kind="voice").get_json()["id"]
    text = bench.luis.catch_up(bench.meeting["rooms"][0])[bench.card]["body"]["text"]
    assert bench.rosa.do("contribution.edit", {"id": bench.card, "body": {"text": f"{text}, siempre"}})["ok"]
    assert not bench.files()[0].get("text")
    assert elena.do("attachment.transcribe", {"id": bench.card, "file": file, "text": "Otra cosa."}, None)["ok"]
    assert bench.luis.catch_up(bench.meeting["rooms"][0])[bench.card]["body"]["text"] == f"{text}, siempre"


def test_a_photo_still_comes_to_its_card_when_its_author_has_gone_to_another_room(bench):
    assert bench.rosa.do("seat.enter", {"room": bench.meeting["rooms"][1]})["ok"]
    said = bench.attach(jpeg(80, 60)).get_json()
    assert said["ok"] and "card" not in said and bench.files()[0]["id"] == said["id"]


def test_who_sends_many_files_at_once_is_asked_to_wait(bench):
    codes = [bench.attach(b"no photo").status_code]
    while codes[-1] == 400 and len(codes) < 5 * limits.UPLOADS:  # a little is made good while one tries
        codes.append(bench.attach(b"no photo").status_code)
    assert len(codes) > limits.UPLOADS and codes[-1] == 503
    assert bench.rosa.do("contribution.withdraw", {"id": bench.card})["ok"]


def test_the_report_says_what_a_voice_note_says(bench):
    from workshop.domain.roles import OWNER
    from workshop.domain.visibility import Viewer
    from workshop.exports import worker
    file = bench.attach(wav(), kind="voice").get_json()["id"]
    bench.attach(jpeg(80, 60))
    elena, house = facilitator(bench.app, bench.meeting), bench.app.extensions["house"]
    assert elena.do("attachment.transcribe", {"id": bench.card, "file": file, "text": "Que siga la feria."}, None)["ok"]
    viewer = Viewer(bench.meeting["workshop"], "named", OWNER)
    report = worker.memoria(house.store, bench.meeting["workshop"], viewer, "md", "es", house.clock()).decode()
    assert "Nota de voz, 0:01: Que siga la feria." in report and "Foto" in report


def test_only_a_voice_note_is_transcribed(bench):
    key = bench.attach(jpeg(80, 60)).get_json()["id"]
    elena = facilitator(bench.app, bench.meeting)
    answer = elena.do("attachment.transcribe", {"id": bench.card, "file": key, "text": "Una foto"}, None)
    assert answer["code"] == "not_for_this"


def test_a_photo_of_a_late_idea_comes_onto_the_board_with_it(bench):
    from tests.support.cast import to_step
    to_step(bench.app, bench.meeting["rooms"][0], 1)
    late = bench.rosa.do("contribution.add", {"activity": bench.board, "id": "rosas-late-idea", "body": {"text": "Tarde"}})
    assert late["tray"]
    said = bench.attach(jpeg(80, 60), card="rosas-late-idea").get_json()
    assert said["ok"] and "card" not in said
    elena = facilitator(bench.app, bench.meeting)
    address = f"/media/{said['id']}"
    assert [who.http.get(address).status_code for who in (bench.rosa, elena, bench.luis)] == [200, 200, 404]
    admitted = elena.do("tray.admit", {"room": bench.meeting["rooms"][0], "tray": late["tray"]}, None)
    assert admitted["card"]["files"][0]["id"] == said["id"]
    assert [one["files"][0]["id"] for one in bench.luis.catch_up(bench.meeting["rooms"][0]).values()
            if one.get("files")] == [said["id"]]
    assert bench.luis.http.get(address).status_code == 200


def test_only_what_was_written_in_a_step_that_takes_files_gets_them_however_late_they_come(bench):
    elena, room = facilitator(bench.app, bench.meeting), bench.meeting["rooms"][0]

    def now(**may):
        step = {"key": "ideas", "minutes": 0, "opens": ["ideas"], "may": may}
        ok(elena.do("steps.set", {"room": room, "steps": [step], "base": edition(bench.app, room)}, seat=None))
    now(attach="nobody")
    assert bench.attach(jpeg(80, 60)).get_json()["ok"], "the step in which it was written took them"
    bare = ok(bench.rosa.post(bench.board, "Sin foto"))["card"]["id"]
    assert bench.attach(jpeg(80, 60), card=bare).get_json()["code"] == "not_now"
    ok(elena.do("room.pause", {"room": room}, seat=None))
    late = {"activity": bench.board, "id": "rosas-late-idea", "body": {"text": "Tarde y sin foto"}}
    tray = bench.rosa.do("contribution.add", late)["tray"]
    assert bench.attach(jpeg(80, 60), card=late["id"]).get_json()["code"] == "not_now"
    now(attach="own")
    assert bench.attach(jpeg(80, 60), card=bare).get_json()["code"] == "not_now", "also when a later step takes them"
    assert bench.attach(jpeg(80, 60), who=elena, card=bare, seat=None).get_json()["ok"], "a facilitator may"
    ok(elena.do("tray.admit", {"room": room, "tray": tray}, seat=None))
    ok(elena.do("room.pause", {"room": room, "on": False}, seat=None))
    own = ok(bench.rosa.post(bench.board, "Con foto"))["card"]["id"]
    now(attach="staff")
    assert bench.attach(jpeg(80, 60), card=own).get_json()["ok"]
    mine = ok(bench.rosa.post(bench.board, "Otra"))["card"]["id"]
    assert bench.attach(jpeg(80, 60), card=mine).get_json()["code"] == "not_now"


def test_the_photo_of_a_text_that_is_late_and_private_is_its_authors_only_until_the_reveal(bench):
    elena, room = facilitator(bench.app, bench.meeting), bench.meeting["rooms"][0]
    steps = [{"key": "ideas", "minutes": 0, "opens": ["ideas"], "see": "own"}, {"key": "dos", "minutes": 0, "opens": []}]
    ok(elena.do("steps.set", {"room": room, "steps": steps, "base": edition(bench.app, room)}, seat=None))
    ok(elena.do("room.pause", {"room": room}, seat=None))
    late = {"activity": bench.board, "id": "rosas-late-idea", "body": {"text": "Tarde y a solas"}}
    assert bench.rosa.do("contribution.add", late)["tray"]
    key = bench.attach(jpeg(80, 60), card=late["id"]).get_json()["id"]
    assert bench.rosa.http.get(f"/media/{key}").status_code == 200
    assert elena.http.get(f"/media/{key}").status_code == 404
    assert key not in elena.http.get(f"/w/{bench.meeting['workshop']}/report.json").get_data(as_text=True)
    ok(elena.do("step.go", {"room": room, "step": 1}, seat=None))
    assert elena.http.get(f"/media/{key}").status_code == 200
