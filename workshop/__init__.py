"""Tinkuy: live workshop facilitation.

The imports stand inside create_app because a server settles its async mode before anything else is loaded.
"""
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workshop.config import Config
    from workshop.pages.shell.site import Site


def create_app(config: "Config | None" = None, **overrides: Any) -> "Site":
    """Makes the application: its parts in the order in which they depend on each other.

    `config` is a workshop.config.Config (default: from the environment, with `overrides` as settings).
    """
    from pathlib import Path

    from itsdangerous import URLSafeTimedSerializer
    from werkzeug.middleware.proxy_fix import ProxyFix

    from workshop import actions, live, pages, private
    from workshop.actions.performer import Performer
    from workshop.config import ConfigError, from_environment, secret_of
    from workshop.domain.limits import FRAME, Buckets
    from workshop.folders import TEMPLATES
    from workshop.house import House, utc_now
    from workshop.pages.shell.site import Site
    from workshop.store.session import Store
    from workshop.words import LANGUAGES

    config = config or from_environment(**overrides)
    if config.language not in LANGUAGES:
        raise ConfigError("WORKSHOP_LANGUAGE must be one of {these}", these=", ".join(sorted(LANGUAGES)))
    private.tighten(config.data, config.shared)  # before anything is written
    app = Site("workshop", static_folder=None, template_folder=str(TEMPLATES))  # scripts have addresses of their own
    app.config.update(MAX_CONTENT_LENGTH=FRAME, SECRET_KEY=secret_of(config))
    store = Store(config.database_url, plain=config.store == "plain", data=Path(config.data))
    store.migrate()
    performer = Performer(store, utc_now, count_every=config.tally_every)
    performer.scrub()  # what a process that died has left
    performer.may_create = config.may_create
    house = House(config, store, performer, URLSafeTimedSerializer(secret_of(config), "forms"),
                  commands=Buckets(config.rate, config.burst))
    performer.arrivals.crowds.key = secret_of(config)
    app.extensions["house"] = house
    assert actions
    pages.plug_in(app)
    live.plug_in(app)
    if config.proxies:  # around the sockets too, whose rate limits count by address as those of pages do
        outer = ProxyFix(app.wsgi_app, x_for=config.proxies, x_proto=config.proxies, x_host=config.proxies)
        app.wsgi_app = outer  # type: ignore[method-assign]  # as Flask says to
    return app
