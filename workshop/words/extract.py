"""Extracts the messages of code and templates, for the catalogues and for the test that none is missing."""
from itertools import chain

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from workshop.folders import PACKAGE, TEMPLATES
from workshop.words import FOLDER
from workshop.words.glossary import french

METHODS = [("**/node_modules/**", "ignore"), ("**.py", "python"), ("**.html", "jinja2"), ("**.typ", "ignore")]
KEYWORDS = {"_": None, "N_": None, "count": (1, 2), "N_count": (1, 2), "ConfigError": None}


def messages() -> dict[str, tuple[str, ...]]:
    """Collects {message: (message,) or (singular, plural)} of all code and templates."""
    found = {}
    folders = (PACKAGE, TEMPLATES) if PACKAGE not in TEMPLATES.parents else (PACKAGE,)
    spoken = chain(*(extract_from_dir(folder, METHODS, keywords=KEYWORDS) for folder in folders))
    for _name, _line, message, _comments, _context in spoken:
        forms = message if isinstance(message, tuple) else (message,)
        found[forms[0]] = forms
    return found


def update() -> None:
    """Updates the catalogues: new messages come in empty, dead ones leave."""
    for file in sorted(FOLDER.glob("*.po")):
        with file.open("rb") as old:
            held = read_po(old, locale=file.stem)
        fresh = Catalog(locale=file.stem, header_comment=f"# {file.stem}", fuzzy=False)
        fresh.mime_headers = held.mime_headers  # with the language's plural rule as the catalogue has it
        for key, forms in sorted(messages().items()):
            before = held.get(key)
            said = (before.string if before else "") or ""
            if file.stem == "fr":
                said = tuple(map(french, said)) if isinstance(said, tuple | list) else french(said)
            fresh.add(forms if len(forms) > 1 else key, said)
        with file.open("wb") as new:
            write_po(new, fresh, width=120, omit_header=False, no_location=True)


if __name__ == "__main__":
    update()
