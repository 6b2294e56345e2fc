"""Sends a staff form as a command."""
from workshop.domain.errors import Refusal
from workshop.domain.shapes import Json
from workshop.house import house
from workshop.pages.shell.security import secret


def do(client: str, n: int, verb: str, payload: Json) -> Json:
    """Returns the answer to the command number `n` of the form's own outbox `client`."""
    return house().performer.perform(secret(), {"client": client, "n": n, "verb": verb, "seat": None, "payload": payload})


def done(client: str, n: int, verb: str, payload: Json) -> None:
    """Does the same where the caller goes on only when it is done. Raises Refusal."""
    answer = do(client, n, verb, payload)
    if not answer.get("ok"):
        raise Refusal(answer.get("code", "later"), **answer.get("values", {}))
