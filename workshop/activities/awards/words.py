"""Words the panel."""
from workshop.words import N_

WORDS = {
    "awards.give.many": N_("Give {n} points to …"),
    "awards.give.one": N_("Give 1 point to …"),
    "awards.value": N_("{n} points: {card}"),
    "awards.free": N_("{n} points: not given yet"),
    "awards.left": N_("Still to give: {list}"),
    "awards.all": N_("All your points are given"),
    "awards.bare": N_("{n} without a reason"),
    "awards.why": N_("Why? One sentence"),
    "awards.keep": N_("Keep the reason"),
    "awards.kept": N_("Reason kept"),
    "awards.another": N_("Give them to another"),
    "awards.back": N_("Take it back"),
    "awards.next": N_("Next: {n} points"),
    "awards.has": N_("has {n}"),
    "awards.rule": N_("Each value is given once, with a reason."),
    "awards.reasons": N_("Reasons"),
}
