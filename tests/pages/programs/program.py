"""A program of the ministry, which signs in with a token."""
import secrets

from sqlalchemy import select

from workshop.actions.accounts import team, tokens
from workshop.actions.rooms import workshops
from workshop.store.models import Account, Workshop

NAME = "Registro del ministerio"


class Program:
    """Speaks HTTP with a token and nothing else; `client`: its outbox."""

    def __init__(self, app, token: str):
        self.http, self.token, self.client, self.n = app.test_client(), token, secrets.token_urlsafe(16), 0

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def get(self, path: str, **more):
        """The answer to a question."""
        return self.http.get(path, headers=self.headers, buffered=True, **more)

    def do(self, verb: str, payload: dict) -> dict:
        """The answer to a command, in the next envelope."""
        self.n += 1
        return self.http.post("/api/do", headers=self.headers, json={
            "client": self.client, "n": self.n, "verb": verb, "seat": None, "payload": payload}).get_json()

    def idea(self, board: str, text: str = "del registro") -> dict:
        """The answer to an idea on a board."""
        return self.do("contribution.add", {"activity": board, "id": secrets.token_urlsafe(9), "body": {"text": text}})


def rows(app, table):
    """All rows of a table."""
    with app.extensions["house"].store.read() as session:
        return session.scalars(select(table)).all()


def token_of(app, account: str, workshop: str, role: str, name: str = NAME, days: int | None = None) -> str:
    """A new token of an account (its id)."""
    house = app.extensions["house"]
    with house.store.write() as session:
        return tokens.make(session, house.clock(), session.get(Account, account), name, workshop, role, days)


def joins(app, meeting: dict, name: str, role: str, room: str | None = None) -> str:
    """The id of the account of somebody new on the team."""
    house = app.extensions["house"]
    with house.store.write() as session:
        account = workshops.create_account(session, house.clock(), f"{name.lower()}@example.org", name, "$no$hash")
        team.grant(session, house.clock(), session.get(Workshop, meeting["workshop"]), account, role, room)
        return account.id
