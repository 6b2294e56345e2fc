"""Takes the pictures of what a room says of a card and of itself: saved, new, moderated, on the device, late, hidden.

They come in this order in one room, which is afterwards as it was, but for the cards."""
import secrets

STATES = ("state saved", "state new", "state moderated", "state waiting", "state late", "state hidden")
LATE = "La feria de los sábados sostuvo el precio"
HIDDEN = "Habla de otra persona"


def lead(page, at: dict):
    """lead(verb, **payload): what the facilitator does, signed in on `page`."""
    def do(verb: str, **payload) -> dict:
        where = {} if "id" in payload else {"room": at["states"]["room"]}
        answer = page.request.post("/api/do", headers={"X-Workshop": "1"}, data={
            "client": secrets.token_urlsafe(16), "n": 1, "verb": verb, "seat": None, "payload": where | payload}).json()
        assert "refused" not in answer and "error" not in answer, answer
        return answer
    return do


def write(page, text: str) -> None:
    """Sends an idea."""
    page.fill("#text", text)
    page.locator("#composer button.main").click()


def states(ana, wara, elena, at: dict, language: str):
    """Yields (name, page) whenever there is something to take.  `ana`, `wara`: the pages of two who are in the room;
    `elena`: the page of who leads it, whose account has a language of its own."""
    do = lead(elena, at)
    write(ana, "Guardar semilla propia en cada casa")
    ana.locator(".card.mine .state.saved").first.wait_for()
    yield "state saved", ana
    write(wara, "Turnos de riego escritos")
    ana.locator(".card .fresh").first.wait_for()
    yield "state new", ana
    do("room.moderate", on=True)
    ana.wait_for_timeout(500)
    write(ana, "Vender por teléfono")
    ana.locator(".card.mine .state.waits").first.wait_for()
    yield "state moderated", ana
    do("room.moderate", on=False)
    ana.context.set_offline(True)
    ana.locator(".chip.line.offline").wait_for()
    write(ana, "Un semillero en la escuela")
    ana.locator(".card.waiting").first.wait_for()
    yield "state waiting", ana
    ana.context.set_offline(False)
    ana.locator(".chip.line.online").wait_for()
    ana.fill("#text", LATE)
    do("step.go", step=1)
    ana.locator(".send.late").wait_for()
    yield "state late", ana
    do("step.go", step=0)
    do("contribution.hide", id=at["states"]["card"], reason=HIDDEN)
    elena.goto(f"/w/{at['workshop']}/r/{at['rooms']['states']}?lang={language}")
    elena.get_by_text(HIDDEN).first.wait_for()
    yield "state hidden", elena
    do("contribution.hide", id=at["states"]["card"], reason=None)
