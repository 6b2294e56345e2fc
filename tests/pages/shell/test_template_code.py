"""A compiled template is used again as long as its text is the same; where none can be kept, pages are drawn anyway."""
import pytest
from jinja2 import DictLoader, Environment

from workshop.pages.shell import template_code


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(template_code, "FOLDER", tmp_path / "kept")
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    return tmp_path / "kept"


def draw(text: str, compiled: list | None = None) -> str:
    """What a program that has just started makes of a template; `compiled`: takes the text whenever it is compiled."""
    class Counting(template_code.PacedLoops):
        def visit_Template(self, node, frame=None):
            (compiled if compiled is not None else []).append(text)
            super().visit_Template(node, frame)
    environment = Environment(loader=DictLoader({"page.html": text}), autoescape=True)
    template_code.plug_in(environment)
    environment.code_generator_class = Counting
    return environment.get_template("page.html").render(name="Rosa")


def test_what_one_program_has_compiled_the_next_does_not(folder):
    compiled = []
    assert [draw("Hola {{ name }}", compiled) for _ in range(2)] == ["Hola Rosa"] * 2
    assert len(compiled) == 1 and [path.stat().st_mode & 0o077 for path in folder.iterdir()] == [0]


def test_a_text_that_has_changed_is_compiled_anew(folder):
    assert (draw("Hola {{ name }}"), draw("Buenos días {{ name }}")) == ("Hola Rosa", "Buenos días Rosa")


def test_a_damaged_or_foreign_file_is_not_used(folder):
    draw("Hola {{ name }}")
    [kept] = folder.iterdir()
    whole = kept.read_bytes()
    for length in (0, 10, 25, 40, len(whole) - 9):
        kept.write_bytes(whole[:length] + b"damaged")
        assert draw("Hola {{ name }}") == "Hola Rosa", length


def test_where_nothing_can_be_written_pages_are_drawn(folder, monkeypatch):
    folder.write_text("a file where the folder would be")
    assert draw("Hola {{ name }}") == "Hola Rosa"
    folder.unlink()
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    assert draw("Hola {{ name }}") == "Hola Rosa" and not folder.exists()
