"""HTTP, by the place a person goes."""


def plug_in(app) -> None:
    """Give the application its pages, in the order in which a person meets them."""
    from workshop.pages import (
        account,
        accounts,
        acts,
        alike,
        api,
        assets,
        attach,
        bring,
        desk,
        earlier,
        either_way,
        errors,
        find,
        forms,
        health,
        history,
        in_turn,
        language,
        lead,
        links,
        lobby,
        marks,
        method_editor,
        methods,
        panels,
        people,
        photo,
        plenary,
        process,
        report,
        room,
        rounds,
        scribe,
        security,
        sheets,
        team,
        thread,
        tour,
        view,
        way_in,
        welcome,
        workshops,
    )
    in_turn.plug_in(app)
    security.plug_in(app)
    language.plug_in(app)
    view.plug_in(app)
    errors.plug_in(app)
    accounts.plug_in(app)
    for place in (assets, welcome, lobby, room, scribe, thread, earlier, sheets, panels, forms, photo, bring, alike, find,
                  plenary, accounts,
                  account, links, workshops, methods, method_editor, process, history, acts, desk, people, way_in, marks,
                  lead, tour, rounds, team, report, api, attach, health):
        app.register_blueprint(place.pages)
    either_way.plug_in(app)
