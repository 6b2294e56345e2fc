"""Serves pages over HTTP, in folders by who uses them."""
from flask import Flask


def plug_in(app: Flask) -> None:
    """Registers the pages on the application, in the order in which a person meets them."""
    from workshop.pages import api
    from workshop.pages.accounts import account, links, programs, sign_in
    from workshop.pages.bulk_add import page as bulk_add
    from workshop.pages.facilitator import (
        corrections,
        desk,
        draw,
        entrance,
        history,
        lead,
        messages,
        people,
        rotation,
        steps_editor,
        team,
        team_acts,
        tour,
        workshops,
    )
    from workshop.pages.input import either_way, forms
    from workshop.pages.lives import rooms as room_lives
    from workshop.pages.lives import workshops as lives
    from workshop.pages.methods import editor, library
    from workshop.pages.participant import (
        attachments,
        calls,
        earlier_boards,
        expected,
        lobby,
        photo,
        plenary,
        room,
        search,
        thread,
        votes,
        welcome,
    )
    from workshop.pages.printed import ballots, posters, report, sheets
    from workshop.pages.programme import page as programme
    from workshop.pages.programme import videos, watching
    from workshop.pages.quick_votes import ballot as quick_ballots
    from workshop.pages.quick_votes import opening as quick_votes
    from workshop.pages.rapporteur import counting, progress, scribe, similar_cards
    from workshop.pages.results import page as results
    from workshop.pages.results import polis
    from workshop.pages.roster import attendance, badges, listing, same_person
    from workshop.pages.roster import bring as bring_roster
    from workshop.pages.roster import sheets as attendance_sheets
    from workshop.pages.schedules import bringing, giving
    from workshop.pages.shell import assets, bearer, errors, health, language, parts, render, request_gate, security
    from workshop.pages.speaking import forms as speaking
    from workshop.pages.votes import names as vote_names
    from workshop.pages.votes import proxies
    from workshop.pages.votes import rules as vote_rules
    from workshop.pages.wall import lead as wall_lead
    from workshop.pages.wall import screen as wall
    for first in (request_gate, bearer, security, language, render, errors, sign_in):
        first.plug_in(app)
    for wing in (
        (assets, health, api, parts),
        (welcome, expected, lobby, room, thread, earlier_boards, forms, photo, attachments, search, plenary, calls,
         speaking, votes, quick_ballots, wall, results, polis),
        (scribe, counting, progress, similar_cards, sheets, ballots, posters, report, videos, watching),
        (sign_in, account, programs, links, workshops, library, editor),
        (desk, programme, corrections, room_lives, lives, draw, steps_editor, history, team_acts, people, entrance, lead,
         quick_votes, wall_lead, vote_rules, vote_names, proxies),
        (tour, messages, bring_roster, listing, attendance, attendance_sheets, badges, same_person, rotation, team,
         bulk_add, bringing, giving),
    ):
        for module in wing:
            app.register_blueprint(module.pages)
    either_way.plug_in(app)
