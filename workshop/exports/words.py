"""The words of the memoria; writers take them from the report, so that a report speaks one language throughout."""
from workshop.words import N_, _

SECTION_WORDS = {"idea": N_("Main idea"), "agreement": N_("Agreement"), "disagreement": N_("Disagreement"),
                 "commitment": N_("Commitment"), "question": N_("Question to the plenary"), "quotation": N_("Quotation")}
CHANNELS = {"hall": N_("in the hall"), "remote": N_("far away"), "phone": N_("By telephone"), "paper": N_("On paper")}
POLICIES = {"named": N_("Names are shown"), "alias": N_("An alias is shown"), "anonymous": N_("Nobody sees who wrote")}
STATES = {"closed": N_("Closed"), "open": N_("Open now"), "waiting": N_("Not open yet")}
HEADINGS = {
    "report": N_("Report of the workshop"),
    "made": N_("Made on"),
    "people": N_("Who took part"),
    "delegation": N_("Delegation"),
    "hall": N_("in the hall"),
    "remote": N_("far away"),
    "total": N_("Total"),
    "cards": N_("Cards"),
    "programme": N_("Programme"),
    "rooms": N_("What the groups say"),
    "cover": N_("Cover"),
    "abstract": N_("Executive summary"),
    "background": N_("Background and aims"),
    "gallery": N_("Exhibition panels"),
    "plenary": N_("Plenary synthesis"),
    "lessons": N_("Lessons and recommendations"),
    "dissent": N_("Disagreements and open questions"),
    "agreements": N_("Agreements and commitments"),
    "evaluation": N_("Evaluation"),
    "chapter": N_("Section"),
    "room": N_("Room"),
    "question": N_("Question"),
    "summary": N_("Summary of the group"),
    "no_summary": N_("This group has not written a summary yet."),
    "draft": N_("Draft, not yet published to the plenary"),
    "board": N_("Board"),
    "rank": N_("Rank"),
    "voted_on": N_("What was voted on"),
    "chart": N_("Chart"),
    "turnout": N_("Who voted"),
    "step": N_("Step"),
    "steps": N_("Who was there"),
    "annex": N_("Annex: every card"),
    "taken_up": N_("Taken up in"),
    "not_taken_up": N_("Not taken up in the summary"),
    "comments": N_("Comments"),
    "late": N_("Ideas that came late"),
    "waiting": N_("Ideas not shown"),
    "number": N_("Number"),
    "text": N_("Text"),
    "author": N_("Author"),
    "channel": N_("From where"),
    "column": N_("Column"),
    "votes": N_("Votes"),
    "who": N_("Who"),
    "when": N_("When"),
    "section": N_("Kind of sentence"),
    "cites": N_("Cards"),
    "days": N_("Days"),
    "sites": N_("Places"),
    "site": N_("Place"),
    "axes": N_("Thematic axes"),
    "zones": N_("Home time zones"),
    "code": N_("Code"),
    "no_rooms": N_("No room has been opened."),
    "no_cards": N_("Nothing was written in this room."),
    "page": N_("Page"),
    "privacy": N_("Whose idea is it?"),
    "nobody": N_("Nobody has joined yet."),
}


def headings() -> dict[str, str]:
    """{key: words} in the language being spoken."""
    return {key: _(text) for key, text in HEADINGS.items()}
