"""Words the panel."""
from workshop.words import N_

WORDS = {
    "consent.left.one": N_("1 card is waiting for your answer"),
    "consent.left.many": N_("{n} cards are waiting for your answer"),
    "consent.none": N_("You have given all cards an answer"),
    "consent.why": N_("What worries you?"),
    "consent.change": N_("What change would lift it?"),
    "consent.keep": N_("Keep the reason"),
    "consent.kept": N_("Reason kept"),
    "consent.reasons": N_("Reasons"),
    "consent.more": N_("and {n} more"),
    "consent.by": N_("change: {what}"),
}
