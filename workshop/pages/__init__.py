"""HTTP, by the place a person goes."""


def plug_in(app) -> None:
    """Give the application its pages, in the order in which a person meets them."""
    from workshop.pages import api, security
    security.plug_in(app)
    app.register_blueprint(api.pages)
