"""A secret vote on a phone: it says that it is one, and when it is over the device knows of no choice any more."""
import json

import pytest
from playwright.sync_api import expect

from tests.browser.facilitator.test_a_meeting import post

# Everything that the browser keeps for the site: its stores of several kinds, in one text.
KEPT = """async () => {
  const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise((done) => (indexedDB.open(name).onsuccess = (event) => done(event.target.result)));
    for (const store of db.objectStoreNames) {
      const rows = db.transaction(store).objectStore(store).getAll();
      found.push(await new Promise((done) => (rows.onsuccess = () => done(JSON.stringify(rows.result)))));
    }
    db.close();
  }
  return found.join();
}"""
DO = """(envelope) => fetch("/api/do", { method: "POST", body: JSON.stringify(envelope),
  headers: { "X-Workshop": "1", "Content-Type": "application/json" } }).then((answer) => answer.json())"""


def do(lead, client: str, n: int, verb: str, **payload) -> dict:
    """What Elena's laptop is answered."""
    answer = lead.evaluate(DO, {"client": client, "n": n, "verb": verb, "seat": None, "payload": payload})
    assert answer["ok"], answer
    return answer


@pytest.mark.parametrize("named", ["secret", "staff"])
def test_what_was_chosen_is_gone_from_the_device_when_the_vote_is_over(join, staff, house, named):
    meeting = house["meeting"]
    room = meeting["rooms"][["secret", "staff"].index(named)]
    rosa, lead = join("Rosa", room=1 + meeting["rooms"].index(room)), staff(f"/w/{meeting['workshop']}/desk")
    post(rosa, "Guardar semilla propia")
    vote = do(lead, f"elena-browser-{named}", 1, "vote.open", room=room, kind="scale", title="¿Firmamos?", settings={
        "rules": {"named": named}, "reveal": "close"})["card"]["id"]
    sheet = rosa.locator("#asked .ask")
    expect(sheet).to_contain_text("¿Firmamos?")
    expect(sheet.get_by_text("Voto secreto")).to_have_count(int(named == "secret"))
    sheet.locator("fieldset.scale input").nth(3).click(force=True)
    rosa.wait_for_function("""async (vote) => (await (await fetch("/api/me")).json()).ballots
      .some((one) => one.activity === vote)""", arg=vote)
    do(lead, f"elena-browser-{named}", 2, "vote.close", activity=vote)
    expect(rosa.locator(".result.scale")).to_be_visible()
    expect(sheet).to_have_count(0)
    kept = rosa.evaluate(KEPT)
    assert (json.dumps({"room": 4}).replace(" ", "") in kept) == (named != "secret"), "the search finds what is kept"
