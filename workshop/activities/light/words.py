"""Words the panel."""
from workshop.words import N_

WORDS = {
    "light.left.one": N_("1 card is waiting for your light"),
    "light.left.many": N_("{n} cards are waiting for your light"),
    "light.none": N_("You have given all cards a light"),
    "rows.left.one": N_("1 row is waiting for your light"),
    "rows.left.many": N_("{n} rows are waiting for your light"),
    "rows.none": N_("You have given all rows a light"),
    "rows.empty": N_("There are no rows yet. They come with the first cards."),
}
