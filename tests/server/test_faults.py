"""What goes wrong around a server that runs: it is killed, disks are full or only read, the clock
goes back, workbooks come by the thousand.
"""

import asyncio
import contextlib
import datetime as dt
import functools
import http.client
import multiprocessing
import os
import random
import shutil
import signal
import statistics
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
import websockets
from websockets.typing import Origin, Subprotocol

from aaa.site import building, placing
from aaa.store import publish, source
from aaa.store.origin import Fetched, File
from aaa.store.source import Store
from aaa.store.versions import NEWEST, Archive
from aaa.values.finding import WorkbookError
from tests import soak
from tests.support import needs, servers
from tests.support.books import SMALL, example, small
from tests.support.copies import files
from tests.support.effort import effort
from tests.support.servers import Served, Viewer, viewing

pytestmark = pytest.mark.server

PUBLISHED = 80  # more than are replaced in the time of one kill
# half of them while versions are kept, half while they are published
KILLS = effort(dev=12, ci=12, long=100)
# a child that has everything loaded, so that it is killed in its work and not while it starts
_FORK = multiprocessing.get_context("fork")


def book(number: int) -> bytes:
    """Return a workbook that differs from every other number's."""
    goal = [{"Nr": "1", "Ambitie": "Woningen", "Eenheid": "woningen", "Doel": 1000 + number}]
    return small(Ambities=goal, Programma=[*SMALL["Programma"]])


BOOKS = [book(number) for number in range(8)]


@functools.cache
def many() -> list[bytes]:
    """Return more workbooks than a process writes before it is killed, so that none comes twice."""
    return [book(number) for number in range(160)]


@functools.cache
def known() -> dict[str, int]:
    """Return the number of each of them by its hash."""
    return {source.digest(data): number for number, data in enumerate(many())}


@functools.cache
def _read() -> dict[str, source.Version]:
    """Read those that are published once, before a process starts that is to be killed in its
    writing.
    """
    return {
        source.digest(data): source.read(Fetched(data, dt.datetime(2025, 7, 1), "aaa_2025.xlsx"))
        for data in many()[:PUBLISHED]
    }


# ---- killed


def _writes_versions(path: Path, state: Path, said: Connection) -> None:
    """Keep one version after another, as fast as the disk allows, and say of each that
    it is kept.
    """
    store = Store(File(path), Archive(state))
    store.refresh()
    assert store.archive is not None
    for data in many():
        store.archive.keep(data, source.digest(data), dt.datetime(2025, 7, 1), store.moment())
        said.send(source.digest(data))
    time.sleep(60)


def _publishes(path: Path, state: Path, said: Connection) -> None:
    """Publish one version after another, and say of each that it stands."""
    versions = _read()
    source.read = lambda fetched, shown=None: replace(
        versions[source.digest(fetched.data)], saved=fetched.saved, shown=shown or fetched.saved
    )
    store = Store(File(path), Archive(state))
    store.refresh()
    for data in many()[1:PUBLISHED]:
        publish.replace(store, data, publish.current_hash(store))
        said.send(source.digest(data))
    time.sleep(60)


def _killed(
    work: Callable[[Path, Path, Connection], None], path: Path, state: Path, after: float
) -> list[str]:
    """Let a process work, kill it a moment after its first word, and return what it said."""
    hears, says = _FORK.Pipe(duplex=False)
    process = _FORK.Process(target=work, args=(path, state, says))
    process.start()
    says.close()
    said = [hears.recv()]
    until = time.monotonic() + after
    while (left := until - time.monotonic()) > 0:
        if hears.poll(left):
            said.append(hears.recv())
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join(10)
    assert process.exitcode == -signal.SIGKILL
    with contextlib.suppress(EOFError, OSError):
        while hears.poll(0):
            said.append(hears.recv())
    return said


def _whole(path: Path, state: Path) -> set[str]:
    """Check that nothing is torn, and return the hashes of what is kept and of what stands."""
    there = set()
    for one in Archive(state).kept():
        sha = source.digest(one.path.read_bytes())
        assert sha.startswith(one.fingerprint), f"{one.path.name} is torn"
        assert sha in known()
        there.add(sha)
    standing = source.digest(path.read_bytes())
    assert standing in known(), "the workbook is torn"
    return there | {standing}


@pytest.mark.parametrize("work", [_writes_versions, _publishes])
def test_no_version_is_lost_or_torn_when_the_process_is_killed(
    work: Callable[[Path, Path, Connection], None], tmp_path: Path
) -> None:
    # made before any process starts: a workbook made twice differs in the times that its zip notes
    assert len(known()) == len(many())
    if work is _publishes:
        _read()
    chance = random.Random(work.__name__)
    heard = []
    for turn in range(KILLS // 2):
        folder = tmp_path / str(turn)
        folder.mkdir()
        path, state = folder / "aaa_2025.xlsx", folder / "state"
        path.write_bytes(BOOKS[0])
        said = _killed(work, path, state, chance.uniform(0.0, 0.4))
        heard.append(len(said))
        there = _whole(path, state)
        # one more may be there that nobody heard of
        assert set(said[1 - NEWEST :]) <= there, f"turn {turn}: a version is lost"
        if work is _publishes:
            assert known()[source.digest(path.read_bytes())] >= known()[said[-1]], (
                "the file is older than what was said to stand"
            )
        elif turn % 2:  # the file breaks while no server is there
            path.write_bytes(b"half of a workb")
            found = Store(File(path), Archive(state)).poll()
            assert found.version is not None
            assert known()[found.version.sha256] >= known()[said[-1]], (
                "an older version than the last good one is shown"
            )
            continue
        anew = Store(File(path), Archive(state)).poll()  # a server that starts again
        assert anew.version is not None
        assert (anew.version.sha256, anew.problems) == (source.digest(path.read_bytes()), ())
        path.write_bytes(b"half of a workb")
        broken = Store(File(path), Archive(state)).poll()
        assert broken.version is not None, (
            "the last good version is shown beside a file that cannot be used"
        )
        assert broken.version.sha256 == anew.version.sha256
        assert broken.problems
    assert statistics.median(heard) >= 3, heard  # they were killed in the middle of their work
    assert max(heard) < (PUBLISHED if work is _publishes else len(many())) - 1


def test_a_server_that_is_killed_starts_again_and_shows_the_last_good_version(
    tmp_path: Path,
) -> None:
    path, state = tmp_path / "aaa_2025.xlsx", tmp_path / "state"
    path.write_bytes(BOOKS[0])
    chance, kills = random.Random(6), effort(dev=2, ci=2, long=10)
    for turn in range(kills + 1):
        with servers.serving(path, state) as served:
            found = served.status()
            whole = (
                {source.digest(path.read_bytes())}
                if turn < kills
                else set(map(source.digest, BOOKS))
            )
            assert found["workbook"]["sha256"] in whole
            assert found["status"] == ("ok" if turn < kills else "last_good")
            until = time.monotonic() + chance.uniform(0.5, 2.5)
            number = 0
            while time.monotonic() < until and turn < kills:
                number += 1
                path.with_suffix(".new").write_bytes(BOOKS[number % len(BOOKS)])
                os.replace(path.with_suffix(".new"), path)
                served.status()
                time.sleep(0.05)
            served.process.kill()
            served.process.wait(10)
        if turn < kills:
            _whole(path, state)
        if turn == kills - 1:
            path.write_bytes(b"half of a workb")


# ---- disks


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a disk of its own with room for 256 kB, where this machine lets us mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        [needs.program("mount"), "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        needs.missing(f"no disk can be mounted, which needs root: {mounted.stderr.decode()}")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def fill(disk: Path) -> Path:
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(1024))
    return filler


def test_a_full_state_folder_keeps_nothing_and_says_so_and_readers_see_the_newest(
    small_disk: Path, tmp_path: Path
) -> None:
    path = tmp_path / "aaa_2025.xlsx"
    path.write_bytes(BOOKS[0])
    store = Store(File(path), Archive(small_disk / "state"))
    assert store.poll().kept
    filler = fill(small_disk)
    path.write_bytes(BOOKS[1])
    store.refresh()
    full = store.poll()
    assert full.version is not None
    assert (full.version.sha256, full.kept, full.problems) == (source.digest(BOOKS[1]), False, ())
    assert [
        source.digest(one.path.read_bytes()) for one in Archive(small_disk / "state").kept()
    ] == [source.digest(BOOKS[0])]
    with pytest.raises(OSError):  # noqa: PT011 - nothing may be replaced that cannot be kept
        publish.replace(store, BOOKS[2], publish.current_hash(store))
    assert path.read_bytes() == BOOKS[1]
    filler.unlink()
    store.refresh()
    assert store.poll().kept
    assert not list((small_disk / "state").glob(".*.tmp"))


def test_a_full_disk_of_the_workbook_leaves_the_old_one(small_disk: Path, tmp_path: Path) -> None:
    path = small_disk / "aaa_2025.xlsx"
    path.write_bytes(BOOKS[0])
    store = Store(File(path), Archive(tmp_path / "state"))
    store.poll()
    fill(small_disk)
    with pytest.raises(OSError):  # noqa: PT011 - any of them
        publish.replace(store, example(), publish.current_hash(store))
    assert path.read_bytes() == BOOKS[0]
    assert store.poll().version is not None


def test_a_full_published_folder_leaves_the_old_copy(small_disk: Path) -> None:
    folder = small_disk / "copy"
    some = {
        building.MARKER: b"{}",
        "index.html": b"the old copy",
        "partners/dc-terra.html": b"of then",
    }
    placing.place(folder, some)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(OSError):  # noqa: PT011 - any of them
        placing.place(folder, files("shipped"))
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert not [path for path in small_disk.iterdir() if path != folder]


def test_a_state_folder_that_is_only_read_serves_what_is_in_it(
    small_disk: Path, tmp_path: Path
) -> None:
    path, state = tmp_path / "aaa_2025.xlsx", small_disk / "state"
    path.write_bytes(BOOKS[0])
    assert Store(File(path), Archive(state)).poll().kept
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    same = Store(File(path), Archive(state)).poll()
    assert same.version is not None
    assert same.kept  # there is nothing new to keep
    path.write_bytes(BOOKS[1])
    with servers.serving(path, small_disk) as served:
        found = served.status()
        assert (found["status"], found["versions_are_kept"]) == ("ok", False)
        assert found["workbook"]["sha256"] == source.digest(BOOKS[1])
        assert "versions cannot be kept" in [event["event"] for event in served.events()]
    path.write_bytes(b"kapot")
    anew = Store(File(path), Archive(state)).poll()
    assert anew.version is not None
    assert anew.version.sha256 == source.digest(BOOKS[0])


# ---- the clock


def test_a_clock_that_is_set_back_mixes_no_versions_up(tmp_path: Path) -> None:
    path, archive = tmp_path / "aaa_2025.xlsx", Archive(tmp_path / "state")
    wall = [dt.datetime(2025, 6, 30, 12).timestamp()]
    store = Store(File(path), archive, wall=lambda: wall[0])
    for number, hours in enumerate([0, 1, -5, -4, 2]):
        wall[0] = dt.datetime(2025, 6, 30, 12).timestamp() + 3600 * hours
        path.write_bytes(BOOKS[number])
        os.utime(path, (wall[0], wall[0]))
        store.refresh()
        found = store.poll()
        assert found.version is not None
        assert found.version.sha256 == source.digest(BOOKS[number])
    assert [source.digest(one.path.read_bytes()) for one in archive.kept()] == [
        source.digest(BOOKS[number]) for number in (4, 3, 2, 1, 0)
    ]
    path.write_bytes(b"kapot")
    anew = Store(File(path), archive).poll()
    assert anew.version is not None
    assert anew.version.sha256 == source.digest(BOOKS[4])


# ---- many


def test_a_thousand_saves_in_a_minute_under_twenty_viewers(tmp_path: Path) -> None:
    """By default a tenth of them in a tenth of the time."""
    path, state = tmp_path / "aaa_2025.xlsx", tmp_path / "state"
    path.write_bytes(BOOKS[0])
    saves = effort(dev=100, ci=100, long=1000)
    seconds = saves * 0.06

    def save() -> None:
        start = time.monotonic()
        for number in range(1, saves + 1):
            path.with_suffix(".new").write_bytes(BOOKS[number % len(BOOKS)])
            os.replace(path.with_suffix(".new"), path)
            time.sleep(max(0.0, start + number * seconds / saves - time.monotonic()))

    async def look(port: int, saving: threading.Thread) -> int:
        async with contextlib.AsyncExitStack() as stack:
            viewers = [await stack.enter_async_context(viewing(port)) for _ in range(20)]
            visits = 0
            shown: list[bool] = []

            async def one(viewer: Viewer) -> None:
                nonlocal visits
                await viewer.visit("ambities")
                while saving.is_alive():
                    await viewer.tick()
                    assert "a-fault" not in viewer.shown()
                    await viewer.visit("ambities")
                    visits += 1
                    await asyncio.sleep(1.0)
                last = f"{1000 + saves % len(BOOKS):,}".replace(",", ".")
                for _ in range(
                    5
                    # the first look after the last save may find the file, and only the next one
                    # the new page
                ):
                    await asyncio.sleep(1.0)
                    await viewer.tick()
                    await viewer.visit("ambities")
                    if last in viewer.shown():
                        break
                shown.append(last in viewer.shown())

            saving.start()
            await asyncio.gather(*map(one, viewers))
            assert all(shown), shown
            return visits

    with servers.serving(path, state) as served:
        before = served.processor()
        visits = asyncio.run(look(served.port, threading.Thread(target=save)))
        assert not [event for event in served.events() if event["level"] != "info"]
        assert served.memory() < 1000
        assert visits > 4 * seconds
        # Of the processor, because a busy machine is no fault: reading a save and telling twenty
        # viewers of it keeps one core free.
        assert served.processor() - before < 2 * seconds
    _whole(path, state)


def test_a_viewer_on_a_slow_line_keeps_nobody_waiting(tmp_path: Path) -> None:
    async def slow(served: Served) -> tuple[float, float, float]:
        async def visits(viewers: list[Viewer]) -> float:
            took = []
            for _ in range(effort(dev=10, ci=10, long=20)):
                took += await asyncio.gather(*(viewer.visit("tijdlijn") for viewer in viewers))
            return statistics.median(took)

        async with contextlib.AsyncExitStack() as stack:
            others = [await stack.enter_async_context(viewing(served.port)) for _ in range(5)]
            await visits(others)
            alone, before = await visits(others), served.memory()
            address = f"ws://127.0.0.1:{served.port}/_stcore/stream"
            sleepy = await stack.enter_async_context(
                websockets.connect(
                    address,
                    subprotocols=[Subprotocol("streamlit")],
                    origin=Origin(served.address),
                    max_size=None,
                    max_queue=1,
                )
            )
            for number in range(150):  # asks, and takes nothing of what comes back
                ask = servers.BackMsg()
                ask.rerun_script.page_name = ("vergadering", "tijdlijn", "themas")[number % 3]
                await sleepy.send(ask.SerializeToString())
                await asyncio.sleep(0.01)
            beside = await visits(others)
            sleepy.transport.abort()
            return alone, beside, served.memory() - before

    path = tmp_path / "aaa_2025.xlsx"
    path.write_bytes(example())
    with servers.serving(path) as served:
        alone, beside, grown = asyncio.run(slow(served))
    assert beside < 5 * alone + 0.1
    assert grown < 100


def test_files_of_strangers_are_refused_and_take_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "aaa_2025.xlsx"
    path.write_bytes(BOOKS[0])

    async def session(port: int) -> str:
        async with viewing(port) as viewer:
            await viewer.visit("")
            (began,) = [
                message.new_session
                for message in viewer.seen
                if message.WhichOneof("type") == "new_session"
            ]
            identity: str = began.initialize.session_id
            await asyncio.to_thread(send, port, identity)
        return identity

    def send(port: int, identity: str) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        headers = {"Content-Type": "application/octet-stream", **servers.from_a_page(port)}
        before = served.memory()
        for number in range(effort(dev=2_000, ci=2_000, long=10_000)):
            who = identity if number % 2 else "made-up"
            connection.request(
                "PUT",
                f"/_stcore/upload_file/{who}/file-{number}",
                body=bytes(1000),
                headers=headers,
            )
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 403
        assert served.memory() - before < 20
        connection.close()

    with servers.serving(path) as served:
        assert asyncio.run(session(served.port))
        assert served.open_files() < 100


def test_workbooks_that_cannot_be_used_are_refused_and_leave_nothing(tmp_path: Path) -> None:
    path, state = tmp_path / "aaa_2025.xlsx", tmp_path / "state"
    path.write_bytes(BOOKS[0])
    store = Store(File(path), Archive(state))
    store.poll()
    kept = sorted(one.path.name for one in Archive(state).kept())
    chance, base = random.Random(1), publish.current_hash(store)
    for _ in range(effort(dev=1_000, ci=1_000, long=10_000)):
        # without its end a zip is none
        torn = bytearray(BOOKS[1][: chance.randrange(20, len(BOOKS[1]) - 22)])
        with pytest.raises(WorkbookError):
            publish.replace(store, bytes(torn), base)
    assert path.read_bytes() == BOOKS[0]
    assert sorted(one.path.name for one in Archive(state).kept()) == kept
    assert shutil.disk_usage(tmp_path)
    assert not list(tmp_path.rglob("*.tmp"))


# ---- long


def test_nothing_leaks_while_viewers_come_and_go() -> None:
    seconds = effort(dev=9, ci=9, long=600)  # an hour is a command: python -m tests.soak
    course = soak.run(seconds)
    megabytes, files = course.growth()
    assert course.visits > 2 * seconds
    assert course.saves >= seconds // 6
    assert megabytes < soak.MOST_MEGABYTES
    assert files < soak.MOST_FILES
