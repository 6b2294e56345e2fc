"""Three processes on one PostgreSQL behind nginx, with the configuration that we hand out (deploy/nginx.conf)."""
import os
import re
import subprocess
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.live.device import idea
from tests.support.needs import program
from tests.support.ports import free_port
from tests.support.servers import wait_for
from tests.support.waiting import PATIENCE

CONFIGURATION = Path(__file__).parents[3] / "deploy" / "nginx.conf"


@pytest.fixture
def database(postgres_url):
    return postgres_url


class Nginx:
    """nginx with deploy/nginx.conf in a folder of its own: other ports, and without a certificate; all else as it stands."""

    def __init__(self, folder, ports: list[int]):
        self.folder, self.port = folder, free_port()
        text = CONFIGURATION.read_text()
        for stated, port in zip(re.findall(r"127\.0\.0\.1:(500\d)", text), ports, strict=True):
            text = text.replace(f"127.0.0.1:{stated}", f"127.0.0.1:{port}")
        text = re.sub(r"server \{\n    listen 80;.*?\n\}\n", "", text, flags=re.S)
        text = text.replace("listen 443 ssl;", f"listen 127.0.0.1:{self.port};")
        text = re.sub(r"    ssl_[^\n]*\n", "", text)
        users = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        kept = "\n".join(f"  {name}_temp_path {folder}/{name};" for name in users)
        (folder / "nginx.conf").write_text(
            f"daemon off; pid {folder}/nginx.pid; error_log {folder}/errors; worker_processes 1;\n"
            f"events {{ worker_connections 512; }}\nhttp {{\n  access_log {folder}/asked;\n{kept}\n{text}}}\n")
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> "Nginx":
        """Start and wait until it answers."""
        user = ["-g", "user root;"] if os.geteuid() == 0 else []  # else it cannot read the test's folder
        self.process = subprocess.Popen([program("nginx"), "-c", self.folder / "nginx.conf", "-p", self.folder, *user])
        wait_for(self.process, lambda: urllib.request.urlopen(f"{self.url}/healthz", timeout=PATIENCE).close())
        return self

    def stop(self) -> None:
        """End it, and its worker with it."""
        self.process.terminate()
        self.process.wait(60)


@pytest.fixture
def hall(serve, redis, tmp_path):
    """{url, servers}: three processes that start at the same time, and nginx in front of them."""
    program("nginx")
    settings = {"redis": redis.url, "proxies": 1, "burst": 200}
    with ThreadPoolExecutor(3) as together:
        servers = list(together.map(lambda _: serve(**settings), range(3)))
    folder = tmp_path / "nginx"
    folder.mkdir()
    nginx = Nginx(folder, [server.port for server in servers]).start()
    yield {"url": nginx.url, "servers": servers}
    nginx.stop()


def test_twelve_people_behind_nginx_see_the_same_whichever_process_has_them_and_one_process_may_die(hall, Device):
    url, servers = hall["url"], hall["servers"]
    code = servers[0].meeting["code"]
    people = [Device(url).join(code, f"Persona {n}").connect() for n in range(12)]
    assert all(person.pump(lambda person=person: person.cursor) for person in people)
    for n, person in enumerate(people):
        assert person.do("contribution.add", idea(servers[0], f"Idea {n}"))["ok"]
    for person in people:
        assert person.pump(lambda person=person: len(person.ideas()) == len(people))
    servers[1].kill()
    for person in people:  # whoever was there comes back by itself, as a page does, and lands at one of the others
        person.close()
        person.connect()
    assert people[0].do("contribution.add", idea(servers[0], "Después del corte"))["ok"]
    for person in people:
        assert person.pump(lambda person=person: len(person.ideas()) == len(people) + 1)
    shown = [[i["body"]["text"] for i in person.ideas()] for person in people]
    assert all(texts == shown[0] for texts in shown), "one order for all"


def test_nobody_chooses_the_address_that_the_wall_shows(hall):
    wall = f"{hall['url']}/s/{hall['servers'][0].meeting['screen']}"
    asked = urllib.request.Request(wall, headers={"X-Forwarded-Host": "elsewhere.example", "X-Forwarded-Proto": "ftp"})
    with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
        page = answer.read().decode()
    assert hall["url"].removeprefix("http://") in page and "elsewhere.example" not in page
