"""The headings by which columns are known, in Spanish, French and English."""
import re
import unicodedata
from collections.abc import Collection

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


def plain(heading: str) -> str:
    """A heading as the sets above have it: 'Título/es' -> 'titulo', 'IDEE:' -> 'idee'."""
    word = unicodedata.normalize("NFKD", heading.split("/")[0])
    return re.sub(r"[^a-z0-9]+", " ", "".join(c for c in word if not unicodedata.combining(c)).lower()).strip()


def find(cells: list[str], names: frozenset[str]) -> int | None:
    """The number of the first cell that is one of the names."""
    return next((i for i, cell in enumerate(cells) if plain(cell) in names), None)


def places(cells: list[str], wanted: Collection[str]) -> dict[str, int]:
    """Which cells of a table (not of a list) are called like those of the `wanted` keys of a place."""
    found = {key: find(cells, PLACES[key]) for key in wanted} if len(cells) > 1 else {}
    return {key: at for key, at in found.items() if at is not None}


def any_known(cells: list[str]) -> bool:
    """Whether the row is a heading: one of its short cells is known."""
    return all(len(cell) < 80 for cell in cells) and find(cells, TEXT | TITLE) is not None
