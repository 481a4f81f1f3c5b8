"""Two hosts, one of which is cut off for longer than a lease."""

from __future__ import annotations

import os
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.conftest import eventually
from tests.faults.conftest import CONCURRENCY, IN_HAND, LEASE, SLACK, SWEEP, World

Figure = Callable[[str], None]
RECOVERY = LEASE + IN_HAND + 3 * SWEEP + SLACK


@pytest.mark.slow
def test_a_host_is_cut_off(world: World, figure: Figure) -> None:
    for number in range(CONCURRENCY):
        world.hang(f"here-{number}")  # so that the next one goes to the other host
    with _other_host(world) as other, world.celery(*world.WORKER, **other.settings) as worker:
        job, process = world.hang("there")
        assert worker.pid in [parent.pid for parent in process.parents()]
        for number in range(CONCURRENCY):
            world.let_go(f"here-{number}")

        other.cut()
        since = time.monotonic()
        eventually(lambda: world.job(job)["status"] == "completed", RECOVERY)
        took = time.monotonic() - since
        world.let_go("there")  # it has a result, and nowhere to hand it in
        eventually(lambda: "database_unavailable" in worker.said)
        other.heal()
        eventually(lambda: "result_refused" in worker.said, RECOVERY)
        assert world.attempts(job) == 2
        assert world.job(job)["last_failure_code"] == "worker_lost"
        # Both hosts work on as if nothing had happened: so many jobs need both.
        names = [f"again-{number}" for number in range(2 * CONCURRENCY)]
        for name in names:
            world.hang(name)
        for name in names:
            world.let_go(name)
        world.settle(RECOVERY)
    figure(
        f"its job was done on the other host after {took:.1f} s; what it wrote later was refused "
        f"({other.kind})"
    )


class _Link:
    """One way from the other host to a server here, through which bytes go until it is cut."""

    def __init__(self, address: str, target: Callable[[], socket.socket]) -> None:
        self._target = target
        self.is_open = threading.Event()
        self.is_open.set()
        self._listener = socket.create_server((address, 0))
        self.port = int(self._listener.getsockname()[1])
        self._ends: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._start(self._accept)

    def close(self) -> None:
        for end in (self._listener, *self._ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for end in (self._listener, *self._ends):
            end.close()

    def _start(self, work: Callable[..., None], *arguments: socket.socket) -> None:
        self._threads.append(threading.Thread(target=work, args=arguments, daemon=True))
        self._threads[-1].start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = self._target()
                self._ends += (near, far)
                self._start(self._pass_on, near, far)
                self._start(self._pass_on, far, near)

    def _pass_on(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                self.is_open.wait()
                sink.sendall(data)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


class _Host:
    """Another host: a network namespace with a cable of its own, or the nearest to it."""

    def __init__(self, world: World) -> None:
        self._name = f"jobs{os.getpid()}"
        self._is_namespace = self._make_namespace()
        here = "10.231.47.1" if self._is_namespace else "127.0.0.1"
        database, redis = urlsplit(world.database_url), urlsplit(world.redis.url)
        folder = parse_qs(database.query)["host"][0]
        self._links = [
            _Link(here, lambda: _unix(f"{folder}/.s.PGSQL.5432")),
            _Link(here, lambda: socket.create_connection(("127.0.0.1", redis.port or 0))),
        ]
        self.kind = "a network namespace" if self._is_namespace else "connections that pass nothing"
        self.settings = {
            "JOBS_DATABASE_URL": f"postgresql://postgres@{here}:{self._links[0].port}/postgres",
            "JOBS_REDIS_URL": f"redis://:{redis.password}@{here}:{self._links[1].port}/0",
            "prefix": f"ip netns exec {self._name}" if self._is_namespace else "",
        }

    def cut(self) -> None:
        """Pull the cable."""
        if self._is_namespace:
            _ip(f"link set {self._name}a down")
        for link in self._links:
            link.is_open.clear()

    def heal(self) -> None:
        """Put it back."""
        if self._is_namespace:
            _ip(f"link set {self._name}a up")
        for link in self._links:
            link.is_open.set()

    def close(self) -> None:
        """Leave nothing behind."""
        self.heal()
        for link in self._links:
            link.close()
        if self._is_namespace:
            _ip(f"netns del {self._name}")

    def _make_namespace(self) -> bool:
        name = self._name
        try:
            _ip(f"netns add {name}")
        except (OSError, subprocess.CalledProcessError):
            return False  # not permitted here
        _ip(f"link add {name}a type veth peer name {name}b netns {name}")
        _ip(f"addr add 10.231.47.1/30 dev {name}a")
        _ip(f"link set {name}a up")
        _ip(f"-n {name} addr add 10.231.47.2/30 dev {name}b")
        _ip(f"-n {name} link set {name}b up")
        _ip(f"-n {name} link set lo up")
        return True


@contextmanager
def _other_host(world: World) -> Iterator[_Host]:
    host = _Host(world)
    try:
        yield host
    finally:
        host.close()


def _ip(arguments: str) -> None:
    subprocess.run(["ip", *arguments.split()], check=True, capture_output=True)


def _unix(path: str) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(path)
    return connection
