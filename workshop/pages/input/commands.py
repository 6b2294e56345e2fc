"""Sends a staff form as a command."""
import json

from werkzeug.datastructures import MultiDict

from workshop.domain.errors import Refusal
from workshop.domain.shapes import Json
from workshop.house import house
from workshop.pages.shell.security import secret


def do(client: str, n: int, verb: str, payload: Json) -> Json:
    """Returns the answer to the command number `n` of the form's own outbox `client`."""
    return house().performer.perform(secret(), {"client": client, "n": n, "verb": verb, "seat": None, "payload": payload})


def done(client: str, n: int, verb: str, payload: Json) -> Json:
    """Does the same where the caller goes on only when it is done, and returns the answer. Raises Refusal."""
    answer = do(client, n, verb, payload)
    if not answer.get("ok"):
        raise Refusal(answer.get("code", "later"), **answer.get("values", {}))
    return answer


def shown_before(form: MultiDict[str, str]) -> dict[str, list[str]]:
    """Returns {field: values} as the form showed them (`was`), so that only what is otherwise now is written; nothing where
    that is not told."""
    try:
        was = json.loads(form.get("was", "{}"))
    except (ValueError, RecursionError):
        return {}
    return was if isinstance(was, dict) else {}
