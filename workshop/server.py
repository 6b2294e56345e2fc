"""A server process.  The async mode is settled here, before anything else is imported, and nowhere else."""
import gc
import os
import warnings

MODE = os.environ.get("WORKSHOP_ASYNC", "eventlet")
if MODE == "eventlet":
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")  # README, Why it is like this
    import eventlet
    eventlet.monkey_patch()
elif MODE == "gevent":
    from gevent import monkey
    monkey.patch_all()

from workshop import create_app  # noqa: E402  (after the patch, see above)
from workshop.config import ConfigError  # noqa: E402

YOUNG = 10_000  # objects before the young ones are looked through; who comes in brings hundreds that all stay

try:
    app = create_app()
except ConfigError as error:
    raise SystemExit(f"tinkuy: {error}") from None


def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    from workshop.domain.kinds import kinds
    from workshop.domain.library import library
    from workshop.live import serve
    from workshop.pages.view import prepare
    kinds(), library()  # loaded now, or the first idea or desk would wait for it
    # What the program is made of stays: a search through it would stop all rooms for a tenth of a second each time.
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG)
    app.extensions["house"].live.socketio.start_background_task(prepare, app.jinja_env)
    try:
        serve(app)
    except ConfigError as error:
        raise SystemExit(f"tinkuy: {error}") from None


if __name__ == "__main__":
    main()
