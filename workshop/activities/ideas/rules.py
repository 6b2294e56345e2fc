"""What an idea must be: text, perhaps a title, and a column that exists."""
from workshop.domain.errors import Refusal
from workshop.domain.limits import TEXT, clean_text

TITLE = 200  # characters


def check(settings: dict, body: dict, place: dict) -> tuple[dict, dict]:
    """The (body, place) to keep, or Refusal `empty`, `too_long`, `no_such_column`."""
    text = clean_text(str(body.get("text", "")))
    if not text:
        raise Refusal("empty")
    if len(text) > TEXT:
        raise Refusal("too_long", limit=TEXT, length=len(text))
    columns = [column["key"] for column in settings.get("columns", [])]
    column = place.get("column") or (columns[0] if columns else None)
    if column is not None and column not in columns:
        raise Refusal("no_such_column")
    title = " ".join(clean_text(str(body.get("title") or "")).split())
    if len(title) > TITLE:
        raise Refusal("too_long", limit=TITLE, length=len(title))
    return {"text": text} | ({"title": title} if title else {}), ({"column": column} if column else {})
