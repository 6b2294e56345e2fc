"""What a child can do, by name: 'module:function', or 'module:function:seconds' where less of the processor's time is enough
than a request may have (child.PROCESSOR).  The child alone loads them, so that nothing here depends on them.

A function takes (values: dict, content: bytes) and returns (a value that JSON has, [bytes]) or raises Refusal.  A module may
have `prepare()`: what it loads later than at import, because a child that has begun opens no file any more.
"""
TASKS = {
    "photo": "workshop.media.redraw:task:5",
    "voice": "workshop.media.recording:task:5",
    "table": "workshop.pages.tables:read_table",
    "proposal": "workshop.pages.tables:read_proposal",
    "alike": "workshop.pages.tables:read_alike",
    "method": "workshop.domain.method_yaml:task:5",
    "draft": "workshop.domain.method_draft:task:5",
}
