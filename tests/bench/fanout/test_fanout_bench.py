"""The fan-out bench counts right: what arrived is counted everywhere, and what did not is missed."""
import struct
import sys
import zlib

import pytest

from tests.bench.fanout.bars import BARS, judge, lines
from tests.bench.fanout.cell import measure
from tests.bench.fanout.load import ideas
from tests.bench.fanout.load.framing import OFFER, TAIL, NotUnderstood, Reader, Writer
from tests.bench.fanout.load.ideas import LONGEST, SHORTEST, kind, sentences, stock_phrases, texts
from tests.bench.fanout.servers.kinds import Program, missing, server
from tests.bench.fanout.table import compare
from tests.support.needs import without
from tests.support.real import real
from workshop.transport.sockets.frames import unmasked

PEOPLE, RATE, SECONDS = 12, 40, 0.5


@pytest.mark.parametrize("variant", ["product+deflate", "transport+deflate", "stock", "node-batch", "picows"])
def test_every_idea_is_counted_at_every_client(variant):
    if reason := missing(variant):
        without(reason)
    found = measure(server(variant), PEOPLE, RATE, SECONDS)
    assert (found["ideas"], found["deliveries"], found["acknowledged"]) == (20, 240, 20)
    assert (found["missing"], found["wrong"], found["unreadable"], found["cut_off"], found["refused"]) == (0, 0, 0, 0, {})
    assert found["seating"]["frames_each"] >= 2
    assert (found["compressed"] > 0) == variant.endswith("+deflate")
    text = sum(len(text.encode()) for text in texts(20)) / 20
    assert (found["bytes_per_client_and_idea"] > text) or found["compressed"], "the text itself"


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


@pytest.mark.parametrize("answer", ["", OFFER, f"{OFFER}; client_no_context_takeover"])
def test_a_client_compresses_what_it_says_as_the_server_asks_for_it(answer):
    writer, said, heard = Writer(answer), texts(30), []
    window = zlib.decompressobj(-zlib.MAX_WBITS)
    for frame in map(writer.frame, said):
        start = 6 if frame[1] & 0x7F < 126 else 8
        payload = unmasked(frame[start:], frame[start - 4:start])
        assert frame[0] == (0xC1 if answer else 0x81), "all of them, as Chromium does"
        if answer:
            payload = window.decompress(payload + TAIL)
        if "takeover" in answer:
            window = zlib.decompressobj(-zlib.MAX_WBITS)
        heard.append(payload.decode())
    assert heard == said


def test_ideas_are_sentences_of_real_proposals():
    real("es-decide-madrid", "proposals.csv")
    said = texts(1000)
    assert len(set(said)) == 1000 and said == texts(1000)
    assert 400 < len(sentences()) < 1000 and "sentences of es-decide-madrid" in kind()
    assert all(SHORTEST <= len(text.encode()) <= LONGEST for text in sentences())
    packed = zlib.compress(" ".join(said[:200]).encode())
    assert len(packed) > 3 * len(zlib.compress(" ".join(stock_phrases(200)).encode())), "what people write repeats little"


def test_where_the_proposals_are_absent_the_phrases_are_called_by_their_name(monkeypatch, tmp_path):
    monkeypatch.setattr(ideas, "PROPOSALS", tmp_path / "es-decide-madrid" / "proposals.csv")
    sentences.cache_clear()
    try:
        assert "stock phrases" in kind() and "es-decide-madrid/proposals.csv" in kind()
        assert texts(50) == stock_phrases(50) and len(set(texts(50))) == 50
    finally:
        sentences.cache_clear()


def test_ratios_are_taken_within_a_round_and_against_stock_with_the_same_compression():
    cells = [{"variant": name, "per_cpu_s": rate} for name, rate in
             (("node", 40), ("stock", 20), ("stock+deflate", 10), ("product", 60), ("product+deflate", 50))]
    compare([*cells, {"variant": "node-batch", "skipped": "no node"}])
    assert [(cell["times_node"], cell["times_stock"]) for cell in cells[3:]] == [(1.5, 3.0), (1.25, 5.0)]


def seen(variant: str, load: str = "90x10", **figures) -> dict:
    clients, rate = map(int, load.split("x"))
    return {"variant": variant, "clients": clients, "rate": rate, "missing": 0, "wrong": 0, "per_cpu_s": 70_000,
            "latency_ms": {"p95": 9.0, "p99": 12.0}, "bytes_per_client_and_idea": 70.0, "kb_per_connection": 66.0,
            "seating": {"wall_s": 0.3, "cpu_s": 0.19}, "times_node": 2.5} | figures


def test_bars_are_met_missed_or_not_measured_and_a_lost_idea_is_never_met():
    good = [seen("product+deflate"), seen("product+deflate", "1000x8"), *(seen("transport", load) for load in
            ("90x10", "90x100", "300x100"))]
    assert [one["met"] for one in judge(good)] == [True] * (len(BARS) + 2)
    slow = {"latency_ms": {"p95": 21.0, "p99": 22.0}, "seating": {"wall_s": 0.4, "cpu_s": 0.3}}
    poor = [seen("product+deflate", **slow),
            seen("product", missing=1), {"variant": "product-stock", "clients": 90, "rate": 10, "failed": "no answer"},
            {"variant": "transport", "clients": 90, "rate": 100, "skipped": "no node"}]
    missed = {(one["what"], one["seen"]) for one in judge(poor) if one["met"] is False}
    assert missed == {("p95, ms", 21.0), ("90 people seated, CPU-s", 0.3), ("missing or wrong", 2)}
    assert sum(one["met"] is None for one in judge(poor)) == 5
    assert sum(line.endswith("MISSED") for line in lines(judge(poor))) == 3


def test_a_bar_is_judged_by_the_median_of_the_rounds():
    rounds = [seen("product+deflate", bytes_per_client_and_idea=value) for value in (70.0, 95.0, 75.0)]
    assert {one["seen"]: one["met"] for one in judge(rounds) if one["what"].startswith("bytes")} == {75.0: True}
