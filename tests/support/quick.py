"""What thousands of tests would each do anew, and what comes to the same each time: done once for the run.

A test builds an application in a thirtieth of a second; most of that, and a third of all that it does then, would be
compiling the same addresses and the same questions to the database, and looking through the same old objects.
"""
import copy
import gc
import re

import pytest
from sqlalchemy.dialects.postgresql.psycopg2 import PGDialect_psycopg2
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from tests.support import cast
from workshop.store import session
from workshop.store.models import Base

YOUNG = 20_000  # new objects before the collector looks at the youngest; in Python 700
MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}")  # as SQLite has it
KEPT: list[tuple[dict, dict[str, list[tuple]]]] = []  # the founding meeting, and the rows of each table
MADE = ("_parts", "_trace", "_converters", "arguments")  # what Werkzeug finds out about the address of a rule


@pytest.fixture(scope="session", autouse=True)
def quick_collector():
    """The modules and the thousands of tests that have been collected stay to the end: the collector leaves them aside."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, *before[1:])
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


@pytest.fixture(scope="session", autouse=True)
def quick_addresses():
    """Werkzeug reads, writes and compiles each address of each application.  They are the same in all applications of a run,
    but for the rule and the map that they are bound to, which none of our converters asks."""
    compiled, slow, read, slowly = {}, Rule._compile_builder, {}, Rule.compile

    def quick(rule, append_unknown: bool = True):
        key = rule.rule, rule.host, rule.subdomain, append_unknown, str(rule.defaults)
        if key not in compiled:
            compiled[key] = slow(rule, append_unknown)
        return compiled[key]

    def found(rule) -> None:
        key = (rule.rule, rule.host, rule.subdomain, rule.merge_slashes, str(rule.defaults), rule.map.host_matching,
               tuple(rule.map.converters.items()))
        if key not in read:
            slowly(rule)
            read[key] = {name: copy.copy(getattr(rule, name)) for name in MADE}
            return
        for name, value in read[key].items():
            setattr(rule, name, copy.copy(value))
        rule._build, rule._build_unknown = (quick(rule, unknown).__get__(rule, None) for unknown in (False, True))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", quick)
        patch.setattr(Rule, "compile", found)
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_questions():
    """SQLAlchemy keeps what it has compiled for each engine alone, and each application has its own: here all stores of one
    kind share it, since their engines are made alike."""
    kept, made = {}, session.create_engine

    def shared(*asked, **options):
        engine = made(*asked, **options)
        engine._compiled_cache = kept.setdefault(type(engine.dialect), LRUCache(3000))
        return engine
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(session, "create_engine", shared)
        for kind in (SQLiteDialect_pysqlite, PGDialect_psycopg2):  # they are part of what it is kept by
            patch.setattr(kind, "__eq__", lambda one, other: type(one) is type(other))
            patch.setattr(kind, "__hash__", lambda one: hash(type(one)))
        yield


def founded(app) -> dict:
    """The founding meeting in an empty store.  To found it takes longer than to build the application: on SQLite that is
    done once for the run, and its rows put in as they were, but for the moment, which is now."""
    house = app.extensions["house"]
    if not house.store.is_sqlite:
        return cast.found(app)
    if not KEPT:
        meeting = cast.found(app)
        with house.store.engine.connect() as connection:
            KEPT.append((copy.deepcopy(meeting), {table.name: [tuple(row) for row in connection.exec_driver_sql(
                f"SELECT * FROM {table.name}")] for table in Base.metadata.sorted_tables}))
        return meeting
    meeting, tables = KEPT[0]
    now = f"{house.clock():%Y-%m-%d %H:%M:%S.%f}"
    with house.store.writing.begin() as connection:
        for name, rows in tables.items():
            for row in rows:
                values = tuple(now if isinstance(value, str) and MOMENT.fullmatch(value) else value for value in row)
                connection.exec_driver_sql(f"INSERT INTO {name} VALUES ({', '.join('?' * len(row))})", values)
    return copy.deepcopy(meeting)
