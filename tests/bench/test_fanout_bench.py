"""The fan-out bench counts right: what arrived is counted everywhere, and what did not is missed."""
import struct
import sys
import zlib

import pytest

from tests.bench.fanout.cell import measure
from tests.bench.fanout.framing import OFFER, NotUnderstood, Reader
from tests.bench.fanout.ideas import texts
from tests.bench.fanout.servers import Program, missing, server
from tests.bench.fanout.table import compare
from tests.needs import without

PEOPLE, RATE, SECONDS = 12, 40, 0.5


@pytest.mark.parametrize("variant", ["product+deflate", "transport+deflate", "stock", "node-batch"])
def test_every_idea_is_counted_at_every_client(variant):
    if reason := missing(variant):
        without(reason)
    found = measure(server(variant), PEOPLE, RATE, SECONDS)
    assert (found["ideas"], found["deliveries"], found["acknowledged"]) == (20, 240, 20)
    assert (found["missing"], found["wrong"], found["unreadable"], found["cut_off"], found["refused"]) == (0, 0, 0, 0, {})
    assert found["seating"]["frames_each"] >= 2
    assert (found["compressed"] > 0) == variant.endswith("+deflate")
    assert (found["bytes_per_client_and_idea"] > 107) or found["compressed"], "the text itself"


def test_what_a_lossy_relay_keeps_doubles_or_changes_is_reported():
    relay = Program([sys.executable, "-m", "tests.bench.lossy", "{port}"], deflate=True)
    found = measure(relay, PEOPLE, RATE, SECONDS)
    kept_back, doubled, changed = 6, PEOPLE, PEOPLE
    assert found["acknowledged"] == 20
    assert found["missing"] == kept_back + changed
    assert found["wrong"] == doubled + changed
    assert found["deliveries"] == 240 - kept_back - changed


def test_a_reader_understands_frames_however_they_are_cut():
    window = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    said, line = texts(30), b""
    for i, text in enumerate([*said, "x" * 70_000]):
        first, payload = 0x81, text.encode()
        if i % 3:
            first, payload = 0xC1, (window.compress(payload) + window.flush(zlib.Z_SYNC_FLUSH))[:-4]
        size = len(payload)
        line += (struct.pack("!BB", first, size) if size < 126 else struct.pack("!BBH", first, 126, size) if size < 65_536
                 else struct.pack("!BBQ", first, 127, size)) + payload
    for step in (1, 7, 1000, len(line)):
        reader = Reader(OFFER)
        heard = [text for at in range(0, len(line), step) for text in reader.read(line[at:at + step])]
        assert heard == [*said, "x" * 70_000]
    with pytest.raises(NotUnderstood):
        Reader("").read(line)


def test_ideas_are_all_different_and_of_the_agreed_length():
    said = texts(1000)
    assert len(set(said)) == 1000
    assert said == texts(1000)
    assert 102 <= sum(len(text.encode()) for text in said) / 1000 <= 112


def test_ratios_are_taken_within_a_round_and_against_stock_with_the_same_compression():
    cells = [{"variant": name, "per_cpu_s": rate} for name, rate in
             (("node", 40), ("stock", 20), ("stock+deflate", 10), ("product", 60), ("product+deflate", 50))]
    compare([*cells, {"variant": "node-batch", "skipped": "no node"}])
    assert [(cell["times_node"], cell["times_stock"]) for cell in cells[3:]] == [(1.5, 3.0), (1.25, 5.0)]
