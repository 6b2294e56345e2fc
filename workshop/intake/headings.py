"""Recognises columns by their headings, in Spanish, French and English."""
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence

TEXT = frozenset({
    "texto", "text", "texte", "idea", "ideas", "idee", "idees", "descripcion", "description", "contenido", "contenu",
    "content", "body", "cuerpo", "corps", "propuesta", "propuestas", "proposition", "propositions", "proposal",
    "proposals", "comentario", "comentarios", "commentaire", "commentaires", "comment", "comments", "tarjeta",
    "carte", "card", "nota", "note", "aporte", "aportes", "contribution", "contributions", "respuesta", "reponse",
    "answer", "opinion", "mensaje", "message"})
TITLE = frozenset({
    "titulo", "titre", "title", "asunto", "sujet", "subject", "encabezado"})
PLACES = {  # by the keys of a place
    "column": frozenset({
        "columna", "colonne", "column", "categoria", "categorie", "category", "tema", "theme", "eje", "axe", "axis",
        "seccion", "section"}),
    "row": frozenset({"fila", "rangee", "ligne", "row"}),
    "lane": frozenset({"carril", "couloir", "bande", "lane"}),
    "at": frozenset({"fecha", "ano", "cuando", "date", "annee", "an", "quand", "year", "when"})}


OURS = {  # what only a sheet of the memoria has that we write (exports/formats/xlsx.py): its cards, and what is said of them
    "cards": frozenset({"recogida en", "reprise dans", "taken up in"}),
    "summary": frozenset({"tipo de frase", "type de phrase", "kind of sentence"})}
INTO = frozenset({"junto con", "reunie avec", "together with"})  # of our own cards: with which other one a card is one
FIGURES = re.compile(r"[-+$€%\d.,:/ ]*\d[-+$€%\d.,:/ ]*|\d{4}-\d\d-\d\d[ T].*|[A-Z][a-z]{2},? [A-Z\d][a-z\d]* .*\d{4}.*")
COMPUTED = re.compile(r"[A-Za-z]+(?:[-_][A-Za-z0-9]+)+|[a-z]+[A-Z][A-Za-z]+")  # comment-id, author_name, createdAt
SHORT = 40  # characters of a heading that is on no list


def plain(heading: str) -> str:
    """Returns a heading as the sets above have it: 'Título/es' -> 'titulo', 'IDEE:' -> 'idee'."""
    word = unicodedata.normalize("NFKD", heading.split("/")[0])
    return re.sub(r"[^a-z0-9]+", " ", "".join(c for c in word if not unicodedata.combining(c)).lower()).strip()


def folded(text: str) -> str:
    """Returns a text without what people write now so, now so: capitals, accents, signs between words."""
    letters = unicodedata.normalize("NFKD", text)
    return re.sub(r"[\W_]+", " ", "".join(c for c in letters if not unicodedata.combining(c)).casefold()).strip()


def fields(cells: list[str], wanted: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Returns {key: number of the cell} of the cells that are called like one of the `wanted` fields ({key: its names}); as
    it is written before accents and capitals apart, and each cell once."""
    found: dict[str, int] = {}
    for alike in (str.strip, folded):
        said = [alike(cell) for cell in cells]
        for key, names in wanted.items():
            called = {alike(name) for name in names} - {""}
            at = next((i for i, cell in enumerate(said) if cell in called and i not in found.values()), None)
            if key not in found and at is not None:
                found[key] = at
    return found


def find(cells: list[str], names: frozenset[str]) -> int | None:
    """Returns the number of the first cell that is one of the names."""
    return next((i for i, cell in enumerate(cells) if plain(cell) in names), None)


def places(cells: list[str], wanted: Collection[str]) -> dict[str, int]:
    """Returns which cells of a table (not of a list) are called like those of the `wanted` keys of a place."""
    found = {key: find(cells, PLACES[key]) for key in wanted} if len(cells) > 1 else {}
    return {key: at for key, at in found.items() if at is not None}


def any_known(cells: list[str]) -> bool:
    """Tells whether the row is a heading: one of its short cells is known."""
    return all(len(cell) < 80 for cell in cells) and find(cells, TEXT | TITLE) is not None


def by_data(first: list[str], body: list[list[str]]) -> bool:
    """Tells whether a row that is on no list is a heading: it has a short word over each column, and either words as
    programs write them (comment-id), or a word over a column of figures."""
    if len(first) < 2 or len(body) < 2 or len({*first}) < len(first):
        return False
    if any(not cell or len(cell) > SHORT or "\n" in cell or FIGURES.fullmatch(cell) for cell in first):
        return False
    if any(COMPUTED.fullmatch(cell) for cell in first) and all(" " not in cell for cell in first):
        return True
    return any(is_figures([cells[at] if at < len(cells) else "" for cells in body]) for at in range(len(first)))


def is_figures(cells: list[str]) -> bool:
    """Tells whether the cells of a column are numbers, hours or days."""
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(len(cell) <= SHORT and FIGURES.fullmatch(cell) for cell in filled)


def ours(cells: list[str]) -> str:
    """Returns 'cards' or 'summary' where the row heads that sheet of a memoria that we have written, else ''."""
    words = {plain(cell) for cell in cells}
    return next((kind for kind, known in OURS.items() if words & known and words & TEXT), "")
