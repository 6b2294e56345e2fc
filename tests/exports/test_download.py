"""The files from the page and from the command."""
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from tests.pages.facilitator.people import joined
from tests.pages.shell.attacks.test_guard import signed_in
from workshop.cli import main
from workshop.exports import FORMATS


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_staff_get_the_file_and_nobody_else(app, meeting, talked, form):
    elena, luis = signed_in(app), joined(app, meeting, "Luis")
    path = f"/w/{meeting['workshop']}/report.{form}"
    answer = elena.http.get(path)
    assert answer.status_code == 200 and len(answer.data) > 500
    assert answer.headers["Content-Type"] == FORMATS[form]
    title = "Segundo encuentro andino Perú-Bolivia"
    assert answer.headers["Content-Disposition"] == (
        f"attachment; filename=\"Segundo-encuentro-andino-Peru-Bolivia.{form}\"; filename*=UTF-8''{quote(title)}.{form}")
    assert luis.http.get(path).status_code == 403
    assert app.test_client().get(path).status_code == 404


def test_the_draft_can_be_read_on_the_screen(app, meeting, talked):
    page = signed_in(app).open(f"/w/{meeting['workshop']}/report")
    assert "La feria sostuvo el precio." in page and "R1-001, R1-002" in page
    assert page.count(" download>") == 5


def test_export_and_import_from_the_command_line(app, meeting, talked, tmp_path, monkeypatch):
    monkeypatch.setenv("WORKSHOP_DATA", app.extensions["house"].config.data)
    run, file = CliRunner(), tmp_path / "whole.json"
    code = f"{meeting['code'][:3]}-{meeting['code'][3:]}".lower()
    assert run.invoke(main, ["export", code, "--format", "json", "--output", str(file)]).exit_code == 0
    monkeypatch.setenv("WORKSHOP_DATA", str(tmp_path / "other"))
    done = run.invoke(main, ["import", str(file)])
    assert done.exit_code == 0 and "Segundo encuentro andino" in done.output
    file.write_text('{"format": "tinkuy/1", "tables": {}}')
    done = run.invoke(main, ["import", str(file)])
    assert done.exit_code == 1 and done.output.count("\n") == 1 and "stream" in done.output
    assert run.invoke(main, ["export", "XXXXXX"]).exit_code == 1
