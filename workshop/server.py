"""Runs a server process. The async mode is chosen here, before anything else is imported, and nowhere else."""
import gc
import os
import sys
import warnings

MODE = os.environ.get("WORKSHOP_ASYNC", "eventlet")
if MODE == "eventlet":
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")  # docs/decisions.md
    import eventlet
    eventlet.monkey_patch()
elif MODE == "gevent":
    from gevent import monkey
    monkey.patch_all()

from flask import Flask  # noqa: E402

from workshop import create_app, ports, private  # noqa: E402  (after the patch, see above)
from workshop.config import ENV, Config, from_environment, unguarded, unknown  # noqa: E402
from workshop.operator_errors import one_line  # noqa: E402
from workshop.store.files import data_lock  # noqa: E402
from workshop.words import _, speak  # noqa: E402

YOUNG = 10_000  # new objects before the collector looks at the youngest; everybody who joins brings hundreds that all stay


def __getattr__(name: str) -> Flask:
    """Returns `app`, for servers that listen in their own way; it is made when asked for, so that `main` has its port before
    a database is touched."""
    if name != "app":
        raise AttributeError(name)
    with one_line():
        globals()["app"] = made = create_app()
    return made


def main() -> None:
    """Serves until SIGTERM or SIGINT. The data folder is locked meanwhile (store/files/data_lock.py)."""
    from workshop.domain.kinds import kinds
    from workshop.domain.methods.library import library
    from workshop.live import serve
    from workshop.pages.shell.render import prepare
    speak(os.environ.get(ENV["language"]) or Config.language)  # the setting itself may be what is wrong
    with one_line():
        config = from_environment()
        for name in unknown():
            print("tinkuy:", _("{name} is no setting, and changes nothing", name=name), file=sys.stderr, flush=True)
        for name in unguarded(config):
            print("tinkuy:", _("{name} names another machine and no password: whoever reaches it there reads and writes "
                               "everything", name=name), file=sys.stderr, flush=True)
        private.begin(config.shared)
        listener, lock = ports.claim(config.host, config.port), data_lock.hold(config.data)
        data_lock.tell(lock, config.base_url.rstrip("/") or ports.url(config.host, config.port))
        app = create_app(config)
        kinds(), library()  # loaded now, or the first idea or desk would wait for it
        # The program's own objects stay: collecting among them would stop all rooms for a tenth of a second each time.
        gc.collect()
        gc.freeze()
        gc.set_threshold(YOUNG)
    app.extensions["house"].live.socketio.start_background_task(prepare, app.jinja_env)
    serve(app, listener)


if __name__ == "__main__":
    main()
