"""What people post: sentences of real proposals, or a few stock phrases where those are not at hand."""
import csv
import io
import random
import re
from functools import cache

from tests.support.real import SHARED

PROPOSALS = SHARED / "es-decide-madrid" / "proposals.csv"  # citizens' proposals in Spanish; not ours to copy
SHORTEST, LONGEST = 40, 180  # bytes of a sentence that fits on a card
WHO = ("Las familias de Taraco", "Los productores de Salinas", "La municipalidad", "Las mujeres tejedoras", "Los jóvenes",
       "La asociación de riego", "Las comunidades de Aija", "El comité de semillas", "Los maestros de Pamparomás")
WHAT = ("piden guardar semilla nativa", "quieren una feria cada mes", "proponen reforestar las orillas",
        "necesitan agua limpia todo el año", "aprendieron a llevar cuentas claras", "venden quinua sin intermediarios",
        "cuidan los bofedales", "comparten el tractor por turnos")
HOW = ("con apoyo técnico cercano", "desde la próxima siembra", "aunque la señal sea mala", "entre los dos países",
       "con reglas hechas en asamblea", "para que vuelvan los jóvenes", "sin esperar otro proyecto")


def texts(count: int) -> list[str]:
    """So many ideas, the same in every run and no two alike.  After some 450 the sentences come again, with their number:
    too late for a window of 32 KB to know them."""
    known = sentences()
    if not known:
        return stock_phrases(count)
    return [known[i] if i < len(known) else f"{known[i % len(known)]} ({i})" for i in range(count)]


def kind() -> str:
    """What the ideas are, for whoever reads the figures."""
    known = sentences()
    if not known:
        return f"stock phrases, because ../shared/data/{'/'.join(PROPOSALS.parts[-2:])} is not there; they compress too well"
    return (f"{len(known)} sentences of {PROPOSALS.parent.name}, "
            f"{sum(len(text.encode()) for text in known) / len(known):.0f} bytes each")


@cache
def sentences() -> tuple[str, ...]:
    """The sentences of the proposals that fit on a card, mixed; none where the proposals are not at hand."""
    if not PROPOSALS.exists():
        return ()
    found = {}
    for row in csv.DictReader(io.StringIO(PROPOSALS.read_text(encoding="utf-8"), newline="")):
        for sentence in re.split(r"(?<=[.!?])\s+|\n+", row["body"]):
            text = " ".join(sentence.split())
            if SHORTEST <= len(text.encode()) <= LONGEST:
                found[text] = None
    mixed = list(found)
    random.Random(2021).shuffle(mixed)
    return tuple(mixed)


def stock_phrases(count: int) -> list[str]:
    """So many ideas of about 107 bytes, put together out of a few phrases."""
    draw = random.Random(2021)
    return [f"{draw.choice(WHO)} {draw.choice(WHAT)} {draw.choice(HOW)}; lo acordaron {draw.randrange(11, 99)} "
            f"personas, {i}" for i in range(count)]
