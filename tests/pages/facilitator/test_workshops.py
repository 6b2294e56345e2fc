"""The page of the account's workshops."""
from workshop.pages.facilitator import workshops


def test_who_is_signed_out_while_the_page_is_made_is_told_so(app, meeting, elena, monkeypatch):
    monkeypatch.setattr(workshops, "identify", lambda session, secret: None)  # the device ended after it was let in
    answer = elena.http.get("/workshops", headers=elena.headers)
    assert answer.status_code == 401
