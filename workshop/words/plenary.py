"""The words of the plenary: who speaks, what is asked; for its page and its script."""
from workshop.words import N_

KINDS = {"turn": N_("Turn"), "question": N_("Question to the speaker"), "answer": N_("Answer"),
         "order": N_("Point of order")}
RULES = {
    "arrival": N_("In the order of arrival"), "delegations": N_("Delegations take turns"),
    "channels": N_("Hall and far away take turns"), "first": N_("Who has not spoken yet goes first"),
    "least": N_("Who has spoken least goes first"), "point": N_("Replies to the point go first")}
WHY = {"hand": N_("placed by the facilitators"), "waited": N_("has let three go first"), "order": N_("Point of order")}
SPEAKING = {
    "speak.now": N_("Speaking now"), "speak.list": N_("Speakers' list"),
    "speak.empty": N_("No hand is up."), "speak.hand": N_("Hand {n}"), "speak.me": N_("you"),
    "speak.here": N_("here"), "speak.far": N_("far away"), "speak.for": N_("speaks for {name}"),
    "speak.about": N_("in about {n} min"), "speak.next": N_("comes next"), "speak.left": N_("Time left"),
    "speak.over": N_("over by {time}"), "speak.place": N_("{name}: place {n} of {all}."),
    "speak.spent": N_("Time spoken"),
    "speak.yours": N_("Your place: {n} of {all}."), "speak.yours_now": N_("You have the word."),
    "speak.raise": N_("Raise my hand"), "speak.raise_for": N_("Raise the hand of {name}"),
    "speak.lower": N_("Lower my hand"), "speak.lower_for": N_("Lower the hand of {name}"),
    "speak.how": N_("What for"), "speak.whom": N_("For whom do you speak?"), "speak.myself": N_("For myself"),
    "speak.called": N_("How do you want to be called? (may stay empty)"), "speak.closed": N_("The list is closed."),
    "speak.more": N_("{n} more"), "speak.call": N_("Next speaker"), "speak.stop": N_("End this turn"),
    "speak.give": N_("Give the word"), "speak.first": N_("To the first place"), "speak.up": N_("Up"),
    "speak.down": N_("Down"), "speak.take": N_("Take off the list"), "speak.set": N_("Rules of the list"),
    "speak.lost": N_("no connection"), "speak.more_of": N_("More about {name}"), "speak.team": N_("entered by the team"),
    "ask.title": N_("Questions"), "ask.empty": N_("No questions yet."), "ask.mine": N_("Ask a question"),
    "ask.send": N_("Ask"), "ask.field": N_("Your question to all"), "ask.nameless": N_("Without my name"),
    "ask.support": N_("I want this answered"), "ask.waits": N_("waits for the facilitators"),
    "ask.answered": N_("Answered"), "ask.reopen": N_("Not answered yet"), "ask.let_out": N_("Show to all"),
    "ask.drop": N_("Take away"), "ask.shut": N_("No questions are being taken now."), "ask.number": N_("Question {n}"),
    "ask.people.one": N_("1 person"), "ask.people.many": N_("{n} people"), "ask.all": N_("All questions and a proposal"),
}
for family, words in (("kind", KINDS), ("rule", RULES), ("why", WHY)):
    SPEAKING |= {f"speak.{family}.{key}": text for key, text in words.items()}
