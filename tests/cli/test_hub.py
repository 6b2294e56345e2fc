"""A hall without internet: the sheet on the wall leads into the network and into the meeting."""
import os
import subprocess
import sys

import pytest

from tests.live.device import Device, idea
from tests.support import cast
from tests.support.needs import without
from tests.support.ports import free_port
from workshop.cli import hub, network
from workshop.store.models import Workshop


@pytest.fixture
def meeting(tmp_path) -> dict:
    """The founding meeting in the hub's data folder."""
    app = cast.app(tmp_path)
    found = cast.found(app) | {"activities": [], "title": "Segundo encuentro andino Perú-Bolivia"}
    found["activities"] = [cast.activities(app, room) for room in found["rooms"]]
    app.extensions["house"].store.close()
    return found


@pytest.fixture
def started(tmp_path, meeting):
    """(address, what it printed) of a hub that has begun."""
    if not network.addresses():
        without("this machine is in no network")
    port = free_port()
    env = {key: value for key, value in os.environ.items() if not key.startswith("WORKSHOP_")}
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", "from workshop.cli import main; main()", "hub", "--data", str(tmp_path),
         "--port", str(port), "--wifi", "Salón; \"Tambo\"", "--password", "papa<nativa>"],
        env=env, stdout=subprocess.PIPE, text=True)
    printed = []
    for line in process.stdout:
        printed.append(line)
        if "/healthz" in line:
            break
    yield f"http://{network.addresses()[0]}:{port}", "".join(printed), meeting
    process.terminate()
    process.wait(60)
    process.stdout.close()


def wait_for(address: str) -> None:
    """Until the server answers."""
    for _ in range(600):
        if subprocess.run([sys.executable, "-c", f"import urllib.request as u; u.urlopen('{address}/healthz')"],
                          stderr=subprocess.DEVNULL, check=False).returncode == 0:
            return
    pytest.fail("the hub does not answer")


def test_a_phone_in_the_network_joins_posts_and_hears(started, tmp_path):
    address, printed, meeting = started
    assert f"{address}/j/{meeting['code']}" in printed and meeting["title"] in printed
    wait_for(address)
    rosa, julio = (Device(address).join(meeting["code"], name).connect() for name in ("Rosa", "Don Julio"))
    rosa.meeting = meeting
    assert rosa.do("contribution.add", idea(rosa, "Sin internet también"))["ok"]
    assert julio.pump(lambda: [card["body"]["text"] for card in julio.ideas()] == ["Sin internet también"])
    rosa.close(), julio.close()
    sheet = (tmp_path / hub.SHEET)
    assert sheet.stat().st_mode & 0o077 == 0, "it shows the network's password"
    assert sheet.read_text().count("<svg") == 2


def test_the_sheet_shows_what_to_type_for_phones_that_do_not_scan():
    meeting = Workshop(title="Feria & <tambo>", code="TKY4M7")
    sheet = hub.page("http://192.0.2.7:5000", meeting, 'Salón; "Tambo"', "papa<nativa>", "es")
    assert "Feria &amp; &lt;tambo&gt;" in sheet and "papa&lt;nativa&gt;" in sheet
    assert "http://192.0.2.7:5000/j/TKY4M7" in sheet and sheet.count("<svg") == 2
    assert hub.page("http://192.0.2.7:5000", None, None, "", "es").count("<svg") == 1


def test_a_machine_without_a_gateway_still_knows_its_addresses(monkeypatch):
    monkeypatch.setattr(network, "_way_out", list)
    monkeypatch.setattr(network, "_of_interfaces", lambda: ["127.0.0.1", "192.168.8.10", "169.254.3.3"])
    monkeypatch.setattr(network, "_of_name", lambda: ["192.168.8.10"])
    assert network.addresses() == ["192.168.8.10"]
