"""Names the roles for people."""
from workshop.domain.roles import FACILITATOR, OBSERVER, OWNER, RAPPORTEUR
from workshop.words import N_

ROLES = {OWNER: N_("Owner"), FACILITATOR: N_("Facilitator"), RAPPORTEUR: N_("Rapporteur"), OBSERVER: N_("Observer")}
