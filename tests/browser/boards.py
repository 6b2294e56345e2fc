"""Rooms whose board has one of the layouts, for people to write in."""
from sqlalchemy import select

from tests.support import cast
from workshop.actions.rooms import rooms
from workshop.store.models import Activity, Workshop
from workshop.store.streams import numbering


def titled(**words) -> list[dict]:
    """[{key, title}] with the title in each language, as methods have it."""
    return [{"key": key, "title": {"es": title, "fr": f"{title} (fr)", "en": f"{title} (en)"}}
            for key, title in words.items()]


AXES = {"x": titled(esfuerzo="Esfuerzo")[0], "y": titled(impacto="Impacto")[0]}
FIELDS = [
    titled(que_hay="Qué hay")[0] | {"type": "text", "options": [], "required": True},
    titled(clase="Clase")[0] | {"type": "choice", "options": titled(acta="Acta", foto="Foto"), "required": False},
    titled(quien="Quién lo guarda")[0] | {"type": "text", "options": [], "required": True},
    titled(fecha="Fecha")[0] | {"type": "date", "options": [], "required": False},
    titled(enlace="Enlace")[0] | {"type": "link", "options": [], "required": False}]
LAYOUTS = {
    "columns": {"columns": titled(funciono="Lo que funcionó", falto="Lo que faltó")},
    "matrix": {"layout": "matrix", "columns": titled(taraco="Taraco", salinas="Salinas", coincidimos="En qué coincidimos"),
               "rows": titled(agua="El agua de riego"), "open_rows": True},
    "timeline": {"layout": "timeline", "lanes": titled(contexto="Contexto", logros="Logros", dificultades="Dificultades"),
                 "scale": "year"},
    "tree": {"layout": "tree", "columns": titled(efectos="Efectos", problema="Problema", causas="Causas", fines="Fines",
                                                 objetivo="Objetivo", medios="Medios")},
    "plane": {"layout": "plane", "axes": AXES},
    "list": {"layout": "list", "fields": FIELDS}}


def row(card):
    """A card whose row of actions is open and stays so: with a mouse it comes with the pointer or the focus, and a card that
    is moved by another's arrival leaves the pointer."""
    card.locator("> .tools :is(button, summary)").first.focus()
    return card


def seldom(card):
    """A card with what is done seldom open, as its dots open it."""
    dots = row(card).locator("> .tools > .rest:not([open]) > summary")
    if dots.count():
        dots.press("Enter")
    return card


def build(data: str) -> dict:
    """A house with the founding meeting and one more room for each layout: {meeting, rooms: {layout: number}, boards}."""
    app = cast.app(data, rate=1e6, burst=10**6)
    meeting, house = cast.found(app), app.extensions["house"]
    numbers, boards = {}, {}
    with house.store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        for layout, settings in LAYOUTS.items():
            workshop = session.get(Workshop, meeting["workshop"])
            room = rooms.build_room(session, workshop, f"Tablero {layout}",
                                    votes=("dots", "positions") if layout == "plane" else ("dots",),
                                    question="¿Qué hicieron las comunidades para sostener la alimentación?")
            room.opened_at = house.clock()
            board = session.scalar(select(Activity).where(Activity.room_id == room.id, Activity.kind == "ideas"))
            board.settings = {"columns": []} | settings
            if layout == "plane":
                room.steps = [room.steps[0] | {"opens": ["ideas", "positions"]}, *room.steps[1:]]
                placing = session.scalar(select(Activity).where(Activity.room_id == room.id, Activity.kind == "positions"))
                placing.settings = placing.settings | {"axes": AXES}
            numbers[layout], boards[layout] = room.number, board.id
    app.extensions["house"].store.close()
    return {"meeting": meeting, "rooms": numbers, "boards": boards}
