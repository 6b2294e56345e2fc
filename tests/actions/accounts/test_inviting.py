"""Invitations and links for passwords in both kinds of store: each works once."""
from datetime import timedelta

import pytest

from workshop.actions.accounts import accounts, invitations, team
from workshop.actions.rooms import workshops
from workshop.domain.errors import Refusal
from workshop.store.models import Account, Membership, Workshop


@pytest.fixture
def house(app):
    return app.extensions["house"]


@pytest.fixture
def rita(house, meeting) -> str:
    """An account that has nothing to do with the meeting: its id."""
    with house.store.write() as session:
        return workshops.create_account(session, house.clock(), "rita@example.org", "Rita", "").id


def invited(house, meeting, role: str = "rapporteur", **more) -> str:
    with house.store.write() as session:
        workshop = session.get(Workshop, meeting["workshop"])
        return invitations.invite(session, house.clock(), workshop, meeting["owner"], role, **more)


def accept(house, token: str, account: str) -> None:
    with house.store.write() as session:
        now = house.clock()
        invitations.accept(session, now, invitations.find(session, now, token), session.get(Account, account))


def refused(run, *asked) -> str:
    with pytest.raises(Refusal) as refusal:
        run(*asked)
    return refusal.value.code


def test_an_invitation_is_accepted_once(house, meeting, rita):
    token = invited(house, meeting, room_id=meeting["rooms"][0])
    accept(house, token, rita)
    assert refused(accept, house, token, meeting["owner"]) == "link_over"
    with house.store.read() as session:
        [held] = session.query(Membership).filter_by(account_id=rita)
        assert (held.role, held.room_id) == ("rapporteur", meeting["rooms"][0])
        assert invitations.pending(session, house.clock(), meeting["workshop"]) == []


def test_who_was_quicker_has_it(house, meeting, rita):
    """Both have looked before either writes."""
    token, now = invited(house, meeting), house.clock()
    with house.store.read() as session:
        found = invitations.find(session, now, token)
    accept(house, token, rita)

    def late():
        with house.store.write() as session:
            invitations.accept(session, now, found, session.get(Account, meeting["owner"]))
    assert refused(late) == "link_over"


def test_only_the_account_it_is_for_accepts_it(house, meeting, rita):
    with house.store.write() as session:
        owner = session.get(Account, meeting["owner"])
        other = workshops.create_workshop(session, house.clock(), owner, "Otro")
        team.grant(session, house.clock(), other, session.get(Account, rita), "observer")
        luis = workshops.create_account(session, house.clock(), "luis@example.org", "Luis", "").id
        assert [known.id for known in invitations.colleagues(session, meeting["workshop"], owner.id)] == [rita]
    token = invited(house, meeting, account_id=rita)
    assert refused(accept, house, token, luis) == "not_for_you"
    with house.store.read() as session:
        waiting = invitations.for_account(session, house.clock(), rita)
        assert [found.workshop.id for found in waiting] == [meeting["workshop"]]
        assert invitations.for_account(session, house.clock(), luis) == []
    accept(house, token, rita)
    assert refused(lambda: invited(house, meeting, account_id=luis)) == "not_here"


def test_a_link_for_a_password_is_used_once_and_ends_in_time(house, meeting):
    def made() -> str:
        with house.store.write() as session:
            return accounts.password_link(session, house.clock(), session.get(Account, meeting["owner"]))

    def use(token: str, later: timedelta = timedelta()) -> None:
        with house.store.write() as session:
            accounts.use_link(session, house.clock() + later, token, "hash")
    first, second = made(), made()
    assert refused(use, first) == "link_over", "the next one has taken its place"
    assert refused(use, second, accounts.RESET) == "link_over"
    use(second)
    assert refused(use, second) == "link_over"


def test_a_password_that_was_changed_meanwhile_is_not_overwritten(house, meeting):
    with house.store.write() as session:
        assert refused(accounts.change_password, session, house.clock(), meeting["owner"], "another hash", "hash", "x",
                       True) == "wrong_password"
