"""The reckoning: every byte of every client is read, after the clock has stopped."""
import json
import zlib
from collections import Counter
from functools import lru_cache

from tests.bench.fanout.load.crowd import SENDERS, Crowd
from tests.bench.fanout.load.framing import NotUnderstood
from workshop.replay.figures import percentiles


def reckon(crowd: Crowd) -> dict:
    """What arrived of what was sent, where and when."""
    delays, acks, count, refused = [], [], Counter(), Counter()
    by_ack = {(sent.sender, sent.ack): sent for sent in crowd.sent.values()}
    understood = lru_cache(4096)(lambda text: tuple(line_ideas(crowd, text)))
    for i, line in enumerate(crowd.lines):
        seen = set()
        for at, text in packets(line, count):
            if text.startswith("43"):
                number, _, answer = text[2:].partition("[")
                answer = json.loads("[" + answer)[0]
                if answer.get("ok"):
                    acks.append(at - by_ack[i, int(number)].at)
                else:
                    refused[answer.get("code") or next(key for key in answer if key != "n")] += 1
            elif text.startswith("42"):
                for key, said in understood(text):
                    sent = crowd.sent.get(key)
                    if key in seen or sent is None or sent.text != said:
                        count["wrong"] += 1
                    else:
                        seen.add(key)
                        delays.append(at - sent.at)
        if i >= SENDERS:
            count["bytes"] += sum(len(data) for _, data in line.kept)
    readers, ideas = len(crowd.lines) - SENDERS, len(crowd.sent)
    return {"ideas": ideas, "deliveries": len(delays), "missing": ideas * len(crowd.lines) - len(delays),
            "wrong": count["wrong"], "unreadable": count["unreadable"], "acknowledged": len(acks), "refused": dict(refused),
            "cut_off": sum(line.over for line in crowd.lines),
            "latency_ms": percentiles(delays), "ack_ms": percentiles(acks),
            "compressed": round(sum(line.reader.packed for line in crowd.lines) / max(1, count["texts"]), 2),
            "bytes_per_client_and_idea": round(count["bytes"] / max(1, readers * ideas), 1)}


def packets(line, count: Counter):
    """(seconds, packet) of everything that was kept; a stream that cannot be read ends there."""
    line.reader.packed = 0
    for at, data in line.kept:
        try:
            found = line.reader.read(data)
        except (NotUnderstood, zlib.error, UnicodeDecodeError):
            count["unreadable"] += 1
            return
        count["texts"] += len(found)
        for text in found:
            yield at, text


def line_ideas(crowd: Crowd, text: str) -> list[tuple[str, str]]:
    """The ideas (id, text) in an event packet."""
    event, *data = json.loads(text[2:])
    return crowd.lines[0].dialect.ideas(event, data[0]) if data else []
