"""Words the panel."""
from workshop.activities.motion.law import ANSWERS, RULES
from workshop.words import N_

WORDS = {
    **{f"motion.{answer}": title for answer, title in ANSWERS.items()},
    **{f"motion.rule.{rule}": said for rule, said in RULES.items()},
    "motion.by": N_("Rule: {rule}."),
    "motion.first": N_("First call."),
    "motion.second": N_("Second call."),
    "motion.quorum": N_("Quorum {n}."),
    "motion.quorum.share": N_("Quorum {n} % of those who may vote."),
    "motion.quorum.none": N_("No quorum was set."),
    "motion.quorum.met": N_("Quorum {asked}: reached with {n}."),
    "motion.quorum.missed": N_("Quorum {asked}: not reached with {n}."),
    "motion.there": N_("Present {here} of {all} who may vote."),
    "motion.there.more": N_("Present {here}, represented by proxy {by_others}, of {all} who may vote."),
    "motion.carried": N_("Rule: {rule}. Needed {needed}, for {yes}: carried."),
    "motion.lost": N_("Rule: {rule}. Needed {needed}, for {yes}: not carried."),
    "motion.void": N_("Rule: {rule}. Without a quorum nothing is decided."),
    "motion.proxies.one": N_("1 vote of these was given by proxy."),
    "motion.proxies.many": N_("{n} votes of these were given by proxy."),
}
