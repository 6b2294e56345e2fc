"""A server with bugs: `python -m tests.faults.judging.planted NAME…` serves as `workshop.server`, but for these.

What a careless change could do to the program, in the place where it would do it; test_planted.py has the laws find each.
"""
import sys
from itertools import count

if __name__ == "__main__":  # first: it settles the async mode, for this process and not for one that only asks for names
    from workshop import server

from workshop.actions.core import perform
from workshop.activities.dots import rules
from workshop.live.stream_feed import Subscription
from workshop.store.models import Contribution
from workshop.store.streams import numbering
from workshop.store.transaction import Changes
from workshop.store.visibility import card_views

EVERY = 7  # the bug strikes once in so many times


def early() -> None:
    """Commands are acknowledged before the commit, and now and then the commit does not come."""
    class Lost(Exception):
        pass

    def transaction(self, commands, careful=False):
        answers = []
        ideas = [command for command in commands if command.envelope.verb == "contribution.add"]
        lost = sum(next(times) % EVERY == 0 for _ in ideas) > 0
        try:
            with self.store.pen.hold() as session:
                changes = session.changes
                changes.careful = careful
                answers += [self._answer(session, command, self.clock()) for command in commands]
                self.finish(session)
                perform.write_down(session)
                if lost:
                    raise Lost
            return answers, changes
        except Lost:
            return answers, Changes()
    times, perform.Performer._transaction = count(1), transaction


def twice() -> None:
    """A command that comes again is carried out again."""
    def answer(self, session, command, at):
        perform._remembered = lambda session, command, who: self._try(session, who, command, at)
        return real(self, session, command, at)
    real, perform.Performer._answer = perform.Performer._answer, answer


def silent() -> None:
    """A card is left out of a frame that says it is there."""
    def frame(self, feed):
        found = real(self, feed)
        if found["cards"] and next(times) % EVERY == 0:
            found["cards"] = found["cards"][:-1]
        return found
    times, real, Subscription.frame = count(1), Subscription.frame, frame


def double() -> None:
    """The first ballot is counted twice."""
    real = rules.summarise
    rules.summarise = lambda ballots: real([*(held := list(ballots)), *held[:1]])


def gap() -> None:
    """A number is given to nothing."""
    def touch(session, row, stream_id=None):
        if next(times) % EVERY == 0:
            numbering.count_up(session, numbering._stream(session, stream_id or row.stream_id), "seq")
        return real(session, row, stream_id)
    times, real, numbering.touch = count(1), numbering.touch, touch


def leak() -> None:
    """A card says who wrote it."""
    def form(look, row):
        card = real(look, row)
        return card and card | {"by": row.seat_id}
    real = card_views.FORMS[Contribution]
    card_views.FORMS[Contribution] = form


BUGS = {bug.__name__: bug for bug in (early, twice, silent, double, gap, leak)}

if __name__ == "__main__":
    for name in sys.argv[1:]:
        BUGS[name]()
    server.main()
