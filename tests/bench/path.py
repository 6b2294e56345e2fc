"""Through how many files of the program one idea goes, and how often it crosses from one into another.

    python -m tests.bench.path

One warm command (`POST /api/do`, an idea on a board) in threading mode on SQLite, followed with sys.setprofile.  Prints the
files in the order in which they are first entered; `moves`: how often the next call is in another file than the one before.
"""
import sys
import tempfile
from pathlib import Path

from tests.support import cast
from workshop.folders import PACKAGE


def follow(run) -> tuple[list[str], int, int]:
    """(files in the order of their first call, moves between files, calls) of the program while `run()` goes on."""
    files: dict[str, int] = {}
    last, moves, calls = "", 0, 0

    def seen(frame, event, _arg) -> None:
        nonlocal last, moves, calls
        name = frame.f_code.co_filename
        if event != "call" or not name.startswith(str(PACKAGE)):
            return
        calls += 1
        files.setdefault(name, calls)
        moves += bool(last) and name != last
        last = name
    sys.setprofile(seen)
    try:
        run()
    finally:
        sys.setprofile(None)
    return [str(Path(name).relative_to(PACKAGE)) for name in files], moves, calls


def main() -> None:
    """Print the walk of an idea."""
    with tempfile.TemporaryDirectory() as folder:
        app = cast.app(Path(folder), database="", rate=1e6, burst=10**6, tally_every=0)
        meeting = cast.found(app)
        rosa = cast.Phone(app.test_client())
        rosa.join(meeting["code"], "Rosa")
        board = cast.activities(app, meeting["rooms"][0])["ideas"]
        for n in range(3):
            cast.ok(rosa.post(board, f"Idea {n}"))
        files, moves, calls = follow(lambda: cast.ok(rosa.post(board, "The idea that is followed")))
        print(f"{len(files)} files, {moves} moves between files, {calls} calls")
        print("\n".join(f"  {file}" for file in files))


if __name__ == "__main__":
    main()
