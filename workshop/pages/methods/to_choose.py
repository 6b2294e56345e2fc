"""Lists the methods from which a room or a block of the programme can be made."""
from workshop.actions import own_methods
from workshop.domain.methods.library import library
from workshop.pages.methods.texts import FAMILIES
from workshop.pages.shell.visitor import Place
from workshop.words import _, spoken


def methods_to_choose(here: Place) -> list[tuple[str, list[tuple[str, str]]]]:
    """Returns [(family, [(key, name)])] of the methods by which a room can work, one's own last."""
    found: dict[str, list[tuple[str, str]]] = {}
    for method in library().values():
        if method.steps:
            found.setdefault(_(FAMILIES[method.family]), []).append((method.key, spoken(method.name.model_dump())))
    account = here.me.device.account_id
    own = [(key, spoken(method.name.model_dump())) for key, method in own_methods.known(here.session, account or "").items()
           if method.steps and key not in library()]
    return list(found.items()) + ([(_("My methods"), own)] if own else [])
