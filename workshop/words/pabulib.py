"""Words what is to be known of a .pb file that is brought in; {values} come with the fault."""
from typing import Any

from workshop.words import N_, _
from workshop.words.intake import SENTENCES as INTAKE
from workshop.words.refusals import Known

SENTENCES = {
    "not_pb": N_("This is no .pb file: it has no section META."),
    "pb_again": N_("“{what}” is said twice; the later one counts."),
    "pb_before": N_("This stands before the first section, and was left out."),
    "pb_budget": N_("The budget “{text}” is no whole number from 1 to {limit}."),
    "pb_columns": N_("These columns are not read: {names}."),
    "pb_cost": N_("Project {key} costs “{text}”, which is no whole number from 1 to {limit}. It was left out."),
    "pb_id": N_("“{text}” is no id of a project: it has 1 to {limit} characters. It was left out."),
    "pb_long": N_("This line is too long. It was left out."),
    "pb_more_than_one": N_("The ballot of {voter} names more than one project. It was left out."),
    "pb_no_column": N_("A column is missing: {names}."),
    "pb_no_voter": N_("This ballot has no voter_id. It was left out."),
    "pb_over": N_("Project {key} costs more than there is. People can choose it; it is never in."),
    "pb_points": N_("The points of {voter} do not fit their projects. This ballot was left out."),
    "pb_project_again": N_("Project {key} stands there twice. The first one counts."),
    "pb_projects_lie": N_("The file says that it has {said} projects; {n} could be read."),
    "pb_section": N_("The file has no section {section}."),
    "pb_section_again": N_("The section {section} begins a second time; both were read."),
    "pb_too_hard": N_("This file could not be read in the time that a file gets."),
    "pb_too_many": N_("A vote has at most {limit} things: from here on they were left out."),
    "pb_twice": N_("The ballot of {voter} names {key} twice. It counts once."),
    "pb_type": N_("The vote_type “{text}” is not known: approval, choose-1, cumulative, scoring, ordinal or knapsack."),
    "pb_unknown": N_("The ballot of {voter} names {key}, which is no project of the file. The rest of it counts."),
    "pb_voter_again": N_("{voter} has voted before. The first ballot counts."),
    "pb_votes_lie": N_("The file says that it has {said} votes; {n} could be read."),
}


def sentence(code: str, values: dict[str, Any]) -> str:
    """Returns the sentence of a fault."""
    return _(SENTENCES.get(code) or str(INTAKE[code])).format_map(Known(values))


def known(code: str) -> bool:
    """Tells whether there is a sentence for a fault."""
    return code in SENTENCES or code in INTAKE
