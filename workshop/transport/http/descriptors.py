"""Reads and raises the limit of file descriptors, and reserves some for other uses than connections."""
from contextlib import suppress

try:
    import resource
except ImportError:  # a system without such limits
    resource = None  # type: ignore[assignment]  # a module, or nothing

from workshop.words import _

WANTED = 16_384  # descriptors; more than one process can serve
RESERVE = 96  # of them for the database, photos, the log, and the pipes of programs that draw and write
LEAST = 16  # connections, however low the limit is
LOW = 2048  # descriptors; with fewer somebody with one laptop can make the process full


def limit() -> int:
    """Returns how many descriptors this process may hold now; the operator may change it while it runs."""
    if resource is None:
        return WANTED
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return WANTED if soft == resource.RLIM_INFINITY else soft


def places() -> int:
    """Returns how many connections may be open at once."""
    return max(LEAST, limit() - RESERVE)


def raise_limit() -> int:
    """Raises the limit as far as is allowed and needed, and returns it."""
    if resource is not None:
        soft, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = WANTED if most == resource.RLIM_INFINITY else min(WANTED, most)
        if soft != resource.RLIM_INFINITY and soft < wanted:
            with suppress(ValueError, OSError):  # the system has another bound
                resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
    return limit()


def warning() -> str | None:
    """Words what the operator should know when the limit is low, as one line."""
    if limit() >= LOW:
        return None
    return _("this process may hold only {limit} files and connections, so at most {places} connections at once "
             "(each person needs up to three). Raise it before starting: ulimit -n 4096 (systemd: LimitNOFILE=4096)",
             limit=limit(), places=places())
