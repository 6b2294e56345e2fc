"""Limits how often a picture may repeat a part: each costs processor time, however few bytes it has.

Each scan of a progressive JPEG goes over all points, so that sixty bytes repeated a thousand times cost as much as a
thousand pictures; the profile of a PNG unpacks to a megabyte, and the last one of many counts.
"""
import re

SCANS = 20  # of a JPEG; cameras and programs write 12 at most
SEGMENTS = 1000  # of a JPEG, each up to 64 KB: a profile, a thumbnail, remarks
PROFILES = 4  # of a PNG, which has one
MARKER = re.compile(rb"\xff([\x01-\xcf\xd8-\xfe])")  # neither a byte of points nor a restart, which stand among points
SCAN, END, NAMED = 0xDA, 0xD9, 0xC0  # what is below NAMED has no length


def too_often(content: bytes) -> bool:
    """Tells whether the picture repeats a part more often than any picture needs it."""
    if content.startswith(b"\xff\xd8"):
        return _jpeg(content)
    return content.startswith(b"\x89PNG") and content.count(b"iCCP") > PROFILES


def _jpeg(content: bytes) -> bool:
    """Counts the parts of a JPEG, following the lengths as a decoder does: a thumbnail within a segment, and what stands
    behind the end, do not count."""
    at, scans, segments = 2, 0, 0
    while (found := MARKER.search(content, at)) and found[1][0] != END:
        at, marker = found.end(), found[1][0]
        scans += marker == SCAN
        segments += 1
        if scans > SCANS or segments > SEGMENTS:
            return True
        if marker >= NAMED:
            at += int.from_bytes(content[at:at + 2])
    return False
