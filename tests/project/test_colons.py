"""The sign between a name and what is said of it comes from the translated words: French sets a space before it."""
import re

import pytest

from workshop.folders import PACKAGE, STATIC, TEMPLATES

GLUED = {".html": re.compile(r"\}\}: |\}\}: *$|%\}: *(\{\{|\{%|<|$)", re.M),
         ".js": re.compile(r"\)\}: (\$\{|<|`)|\)\}: $|join\(\": \"\)|\$\{[^}]*\(\w*\)\}: |`: \$\{", re.M)}


def glued(text: str, ending: str) -> list[str]:
    return [found[0] for found in GLUED[ending].finditer(text)]


@pytest.mark.parametrize("ending", GLUED)
def test_no_page_glues_a_colon_to_words(ending):
    files = [file for folder in (TEMPLATES, PACKAGE / "activities", STATIC / "js") for file in folder.rglob(f"*{ending}")]
    assert len(files) > 30
    found = {str(file): said for file in files if (said := glued(file.read_text(), ending))}
    assert found == {}


def test_a_glued_colon_is_found():
    assert glued('{{ _("Room {n}", n=1) }}: {{ said }}', ".html") and glued('${t("quote")}: ${number}', ".js")
    assert not glued('{{ _("Room {n}: {name}", n=1) }}', ".html") and not glued("style=${a ? b : c}", ".js")
