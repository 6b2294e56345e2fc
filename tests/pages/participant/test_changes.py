"""GET /api/changes."""
from workshop.domain.limits import ANSWERS


def test_who_asks_for_boards_and_reads_none_is_asked_to_wait_and_others_are_not(app, meeting, phone):
    rosa, luis = phone(), phone()
    for one in (rosa, luis):
        one.join(meeting["code"], "Rosa")
    path = f"/api/changes?stream={meeting['rooms'][0]}"
    unread = [rosa.http.get(path, buffered=False) for _ in range(ANSWERS)]
    assert {answer.status_code for answer in unread} == {200}
    refused = rosa.http.get(path)
    assert refused.status_code == 503 and refused.json["retry_after"] > 0
    unread.append(luis.http.get(path, buffered=False))
    assert unread[-1].status_code == 200
    unread.pop(0).close()
    unread.append(rosa.http.get(path, buffered=False))
    assert unread[-1].json["stream"] == meeting["rooms"][0]
    for answer in unread:
        answer.close()
    assert not app.extensions["house"].under_way
