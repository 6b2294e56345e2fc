"""What a child can do, by name: 'module:function', or 'module:function:seconds' where less of the processor's time is enough
than a request may have (child.PROCESSOR).  The child alone loads them, so that nothing here depends on them.

A function takes (values: dict, content: bytes) and returns (a value that JSON has, [bytes]) or raises Refusal.  A module may
have `prepare()`: what it loads later than at import, because a child that has begun opens no file any more.
"""
TASKS = {
    "photo": "workshop.media.redraw:task:5",
    "voice": "workshop.media.recording:task:5",
    "video": "workshop.media.film:task:5",
    "table": "workshop.pages.bulk_add.child_tasks:read_table",
    "proposal": "workshop.pages.bulk_add.child_tasks:read_proposal",
    "polis": "workshop.pages.bulk_add.child_tasks:read_polis:10",
    "alike": "workshop.pages.bulk_add.child_tasks:read_alike",
    "count": "workshop.activities.completed:task",
    "method": "workshop.domain.methods.yaml_text:task:5",
    "draft": "workshop.domain.methods.draft:task:5",
    "pb": "workshop.pages.quick_votes.child_tasks:read_pb:10",
    "schedule": "workshop.pages.schedules.child_tasks:read_schedule:10",
}
