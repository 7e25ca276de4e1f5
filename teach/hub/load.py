"""What a hub needs and survives: N students run chapter 1 on a real JupyterHub on this computer.

    python teach/hub/load.py 30        (make hub-load N=30 makes the environment first)

Each student pulls the course with nbgitpuller, opens chapter 1, runs every cell and saves, through
the same requests and websockets as JupyterLab. Then servers and the hub are killed while all are
saving, and the teacher's update is pulled over everybody's edited notebook.
"""

import asyncio
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
import uuid
from pathlib import Path

import aiohttp
import nbformat
import psutil

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BUILD = ROOT / "_build/hub"
PROXY = BUILD / "node_modules/.bin/configurable-http-proxy"
CHAPTER = "01_one_neuron.ipynb"
ANSWER, UNTOUCHED = "ex-1-3-5", "s1-1"  # cells: the student's code, and text that only we change
UPDATE = "A sentence that the teacher added."
CLASH = "written where the students wrote"
SAVING = 10  # seconds during which all save, before and after the hub is killed


# The hub ------------------------------------------------------------------------------------------


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Hub:
    """A JupyterHub and its proxy, both processes of their own, in a fresh folder."""

    def __init__(self, folder):
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "homes").mkdir(parents=True)
        self.folder = folder
        self.url, hub, self.proxy_api = (f"http://127.0.0.1:{free_port()}" for _ in range(3))
        self.token = uuid.uuid4().hex
        given = {"url": self.url, "hub": hub, "proxy": self.proxy_api, "token": self.token,
                 "homes": str(folder / "homes")}
        self.environment = {
            **os.environ, "HUB_LOAD": json.dumps(given), "CONFIGPROXY_AUTH_TOKEN": self.token,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        }
        url, api = (address.rsplit(":", 1)[1] for address in (self.url, self.proxy_api))
        self.proxy = self.run([PROXY, "--ip=127.0.0.1", f"--port={url}", "--api-ip=127.0.0.1",
                               f"--api-port={api}", f"--default-target={hub}"])
        self.start()

    def run(self, command):
        log = open(self.folder / "log.txt", "a")
        return subprocess.Popen(command, cwd=self.folder, env=self.environment, stdout=log,
                                stderr=log, start_new_session=True)

    def start(self):
        self.process = self.run([sys.executable, "-m", "jupyterhub",
                                 "-f", str(HERE / "load_config.py")])

    def servers(self):
        """{student: process} of the servers that run in this hub's homes."""
        found = {}
        for process in psutil.process_iter():
            try:
                environment = process.environ()
                if (environment.get("JUPYTERHUB_API_TOKEN") and "singleuser" in
                        " ".join(process.cmdline()) and
                        environment["HOME"].startswith(str(self.folder))):
                    found[environment["JUPYTERHUB_USER"]] = process
            except (psutil.Error, KeyError):
                pass
        return found

    def stop(self):
        processes = [psutil.Process(process.pid) for process in (self.process, self.proxy)
                     if process.poll() is None] + list(self.servers().values())
        for process in processes:
            process.terminate()
        for process in psutil.wait_procs(processes, timeout=20)[1]:
            process.kill()


def memory(process):
    """PSS in MiB: what it alone uses, and its share of what several use."""
    try:
        return process.memory_full_info().pss / 2**20
    except psutil.Error:
        return 0.0


def processor_time(processes):
    """CPU seconds that processes, and children of theirs that have ended, took so far."""
    times = [process.cpu_times() for process in processes]
    return sum(t.user + t.system + t.children_user + t.children_system for t in times)


# The course ---------------------------------------------------------------------------------------


class Course:
    """The git repository that the students pull: the handout, else the book's notebooks."""

    def __init__(self, folder):
        self.folder = folder
        handout = ROOT / "_build/handout/student"
        if handout.is_dir():
            shutil.copytree(handout, folder)
            self.name = "the student handout"
        else:
            folder.mkdir(parents=True)
            for path in (ROOT / "book").glob("*.ipynb"):
                shutil.copy(path, folder)
            shutil.copytree(ROOT / "nnlib", folder / "nnlib",
                            ignore=shutil.ignore_patterns("__pycache__"))
            self.name = "the book's notebooks"
        self.chapter = next(folder.rglob(CHAPTER)).relative_to(folder)
        self.git("init", "-q", "-b", "main")
        self.commit("the course")

    def git(self, *arguments):
        subprocess.run(["git", "-c", "user.name=teacher", "-c", "user.email=teacher@localhost",
                        *arguments], cwd=self.folder, check=True)

    def commit(self, message):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def update(self):
        """New text where no student wrote, and new code where every student wrote."""
        path = self.folder / self.chapter
        notebook = nbformat.read(path, as_version=4)
        cell(notebook, UNTOUCHED).source += f"\n\n{UPDATE}"
        answer = cell(notebook, ANSWER)
        answer.source = answer.source.replace("...", f"...  # {CLASH}")
        nbformat.write(notebook, path)
        self.commit("an update")


def cell(notebook, name):
    return next(cell for cell in notebook.cells if cell.id == name)


# A student ----------------------------------------------------------------------------------------


class Student:
    """What the browser of one student sends and receives."""

    def __init__(self, session, hub, course, name):
        self.session, self.hub, self.course, self.name = session, hub, course, name
        self.path = f"course/{course.chapter}"
        self.disk = hub.folder / "homes" / name / self.path
        self.saved = 0  # number of the last version that the server said it has saved
        self.times, self.starts, self.kernels = {}, 0, 0

    async def ask(self, method, path, **options):
        url = f"{self.hub.url}/user/{self.name}/{path}"
        async with self.session.request(method, url, **options) as answer:
            answer.raise_for_status()
            return await answer.json()

    async def start_server(self):
        """Ask the hub for a server and wait until it is ready; ask again if it fails to start."""
        url = f"{self.hub.url}/hub/api/users/{self.name}"
        for _ in range(3):
            async with self.session.post(f"{url}/server") as answer:
                running = answer.status == 400 and "already running" in await answer.text()
                if answer.status < 400:
                    self.starts += 1
            while not running:
                async with self.session.get(url) as answer:
                    server = (await answer.json())["servers"].get("")
                if server is None:
                    break
                running = server["ready"]
                await asyncio.sleep(0.5)
            if running:
                return
        raise RuntimeError(f"the server of {self.name} did not start, three times")

    async def pull(self):
        """The nbgitpuller link: clone the course, or merge what is new."""
        options = {"repo": f"file://{self.course.folder}", "branch": "main", "targetpath": "course"}
        url = f"{self.hub.url}/user/{self.name}/git-pull/api"
        async with self.session.get(url, params=options) as answer:
            answer.raise_for_status()
            async for line in answer.content:
                if b'"phase": "error"' in line:
                    raise RuntimeError(f"nbgitpuller: {line.decode()}")
                if b'"phase": "finished"' in line:
                    return

    async def open(self):
        """The notebook as the server sends it, and a running kernel."""
        model = await self.ask("GET", f"api/contents/{self.path}")
        self.notebook = nbformat.from_dict(model["content"])
        kernel = await self.ask("POST", "api/kernels", json={
            "name": "python3", "path": self.path})
        self.kernels += 1
        self.socket = await self.session.ws_connect(
            f"{self.hub.url}/user/{self.name}/api/kernels/{kernel['id']}/channels",
            max_msg_size=0, heartbeat=60)

    async def run(self, cell):
        """Run one code cell and keep its outputs, as JupyterLab does."""
        message = uuid.uuid4().hex
        await self.socket.send_json({
            "channel": "shell", "parent_header": {}, "metadata": {}, "buffers": [],
            "header": {"msg_id": message, "msg_type": "execute_request", "username": self.name,
                       "session": message, "version": "5.3"},
            "content": {"code": cell.source, "silent": False, "store_history": True,
                        "allow_stdin": False, "stop_on_error": True}})
        cell.outputs = []
        replied = idle = False
        while not (replied and idle):
            answer = await self.socket.receive()
            if answer.type in (aiohttp.WSMsgType.BINARY,):
                continue  # a widget's data
            if answer.type != aiohttp.WSMsgType.TEXT:
                raise ConnectionError("the kernel has gone")
            answer = json.loads(answer.data)
            if answer["parent_header"].get("msg_id") != message:
                continue
            kind, content = answer["header"]["msg_type"], answer["content"]
            if kind in ("stream", "display_data", "execute_result", "error"):
                cell.outputs.append(nbformat.v4.output_from_msg(answer))
            elif kind == "execute_reply":
                replied, cell.execution_count = True, content["execution_count"]
            elif kind == "status" and content["execution_state"] == "idle":
                idle = True

    async def save(self, version):
        """The student's answer, with a number in it, goes to the server."""
        cell(self.notebook, ANSWER).source = answer_of(self.name, version)
        await self.ask("PUT", f"api/contents/{self.path}", json={
            "type": "notebook", "format": "json", "content": self.notebook})
        self.saved = version

    async def chapter(self):
        """Pull, open, run all, save: the beginning of every lesson."""
        begin = time.monotonic()
        await self.start_server()
        self.times["server"] = time.monotonic() - begin
        await self.pull()
        code = None
        while code is None:
            try:
                await self.open()
                code = [cell for cell in self.notebook.cells if cell.cell_type == "code"]
                for one in code:
                    await self.run(one)
            except (ConnectionError, aiohttp.WSServerHandshakeError):
                code = None  # the kernel has died: another one
                if self.kernels > 4:
                    raise
        await self.save(self.saved + 1)
        self.times["all"] = time.monotonic() - begin
        self.errors = sum(output.output_type == "error" for one in code for output in one.outputs)

    async def keep_saving(self, stop):
        """Save again and again, as long as there is a server."""
        try:
            while not stop.is_set():
                await self.save(self.saved + 1)
                await asyncio.sleep(0.2)
        except (aiohttp.ClientError, ConnectionError):
            pass

    async def version(self):
        """The number in the notebook as the server reads it now, and the notebook."""
        model = await self.ask("GET", f"api/contents/{self.path}")
        notebook = nbformat.from_dict(model["content"])
        nbformat.validate(notebook)
        last = cell(notebook, ANSWER).source.splitlines()[-1]
        return int(last.rsplit(" ", 1)[1]), notebook


def answer_of(name, version):
    return f"def piecewise_linear(z):\n    return z\n# {name} version {version}"


async def together(students, method):
    """All students do the same at the same second; how long until the last has done it."""
    begin = time.monotonic()
    await asyncio.gather(*(getattr(student, method)() for student in students))
    return time.monotonic() - begin


# The trial ----------------------------------------------------------------------------------------


def say(what, result):
    print(f"{what:<58} {result}", flush=True)


def seconds(students, what):
    times = [student.times[what] for student in students]
    return f"{statistics.median(times):.0f} / {max(times):.0f} s"


async def ready(hub, session):
    """Wait until the hub answers through the proxy."""
    while hub.process.poll() is None:
        try:
            async with session.get(f"{hub.url}/hub/api/users") as answer:
                if answer.status == 200:
                    return
        except aiohttp.ClientError:
            pass
        await asyncio.sleep(0.2)
    raise RuntimeError(f"the hub did not start: see {hub.folder / 'log.txt'}")


async def trial(hub, course, names):
    headers = {"Authorization": f"token {hub.token}"}
    patience = aiohttp.ClientTimeout(total=None, sock_connect=60)
    connections = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(headers=headers, timeout=patience,
                                     connector=connections) as session:
        await ready(hub, session)
        for name in names:
            (hub.folder / "homes" / name).mkdir()
            async with session.post(f"{hub.url}/hub/api/users/{name}") as answer:
                answer.raise_for_status()
        students = [Student(session, hub, course, name) for name in names]
        await lesson_unprepared(students)
        measure(hub, students)
        await stop_servers(session, students)
        await lesson_prepared(hub, students)
        lost = await killed(hub, session, students)
        lost += await updated(course, students)
    return lost


async def lesson_unprepared(students):
    await together(students, "chapter")
    say("all come at the same second: server ready, median / last", seconds(students, "server"))
    say("  chapter 1 run and saved, median / last", seconds(students, "all"))
    say_repeats(students)


def say_repeats(students):
    """When many start at the same second, two may reach for the same port."""
    say("  servers / kernels that failed and were started again",
        f"{sum(student.starts - 1 for student in students)} / "
        f"{sum(student.kernels - 1 for student in students)}")


def measure(hub, students):
    servers = hub.servers()
    alone = [memory(servers[student.name]) for student in students]
    kernels = [sum(map(memory, servers[student.name].children(recursive=True)))
               for student in students]
    each = [a + b for a, b in zip(alone, kernels, strict=True)]
    say("memory (PSS) per student, median / largest",
        f"{statistics.median(each):.0f} / {max(each):.0f} MiB "
        f"(server {statistics.median(alone):.0f}, kernel {statistics.median(kernels):.0f})")
    say("memory of hub / proxy", f"{memory(psutil.Process(hub.process.pid)):.0f} / "
                                 f"{memory(psutil.Process(hub.proxy.pid)):.0f} MiB")
    start = statistics.median(processor_time([servers[student.name]]) for student in students)
    run = statistics.median(processor_time(servers[student.name].children(recursive=True))
                            for student in students)
    say("processor time per student: server / chapter 1", f"{start:.1f} / {run:.1f} s")
    say("errors in the cells of all students", sum(student.errors for student in students))


async def stop_servers(session, students):
    for student in students:
        await student.socket.close()
        url = f"{student.hub.url}/hub/api/users/{student.name}"
        async with session.delete(f"{url}/server") as answer:
            answer.raise_for_status()
        while True:
            async with session.get(url) as answer:
                if not (await answer.json())["servers"]:
                    break
            await asyncio.sleep(0.2)


async def lesson_prepared(hub, students):
    names = hub.folder / "names.txt"
    names.write_text("\n".join(student.name for student in students))
    begin = time.monotonic()
    for times in (1, 2, 3):
        process = await asyncio.create_subprocess_exec(
            sys.executable, str(HERE / "prespawn.py"), hub.url, str(names),
            env={**os.environ, "HUB_TOKEN": hub.token}, stdout=subprocess.DEVNULL)
        if await process.wait() == 0:
            break
    else:
        raise RuntimeError("prespawn.py could not start every server")
    say("prespawn.py has all servers ready after",
        f"{time.monotonic() - begin:.0f} s" + (f", called {times} times" if times > 1 else ""))
    for student in students:
        student.starts, student.kernels = 1, 0
    await together(students, "chapter")
    say("  then: chapter 1 run and saved, median / last", seconds(students, "all"))
    say_repeats(students)


async def killed(hub, session, students):
    """While all save: every fifth server is killed, then the hub. The number of lost saves."""
    stop = asyncio.Event()
    saving = asyncio.gather(*(student.keep_saving(stop) for student in students))
    await asyncio.sleep(SAVING)
    servers, victims = hub.servers(), students[::5]
    for student in victims:
        os.kill(servers[student.name].pid, signal.SIGKILL)
    hub.process.send_signal(signal.SIGKILL)
    hub.process.wait()
    before = {student: student.saved for student in students}
    await asyncio.sleep(SAVING)
    others = [student for student in students if student not in victims]
    went_on = sum(student.saved > before[student] for student in others)
    stop.set()
    await saving
    say(f"killed while all save: {len(victims)} servers and the hub; went on saving",
        f"{went_on} of {len(others)} others")
    begin = time.monotonic()
    hub.start()
    await ready(hub, session)
    await asyncio.gather(*(student.start_server() for student in students))
    say("  everything is back after", f"{time.monotonic() - begin:.0f} s")
    lost = 0
    for student in students:
        version, _ = await student.version()
        lost += version < student.saved
    say("  saves made / notebooks that lost a save",
        f"{sum(student.saved for student in students)} / {lost} of {len(students)}")
    return lost


async def updated(course, students):
    """The teacher's update is pulled over edited notebooks. The number of lost answers."""
    for student in students:
        student.saved, student.notebook = await student.version()
    course.update()
    await together(students, "pull")
    merged = kept = 0
    for student in students:
        version, notebook = await student.version()
        kept += version == student.saved and CLASH not in cell(notebook, ANSWER).source
        merged += UPDATE in cell(notebook, UNTOUCHED).source
    say("update pulled: new text merged in / own answer kept in a conflict",
        f"{merged} / {kept} of {len(students)}")
    return 2 * len(students) - merged - kept


def main():
    """Exit code 0 when nothing was lost."""
    try:
        count = int(sys.argv[1])
        if count < 1:
            raise ValueError
    except (IndexError, ValueError):
        print("load.py needs the number of students, 1 or more, such as: load.py 30",
              file=sys.stderr)
        return 1
    if not PROXY.exists():
        print(f"{PROXY.relative_to(ROOT)} is missing: make hub-load N={count} installs it "
              "(it needs Node and npm).", file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # an end that stops the servers, too
    hub = Hub(BUILD / "load")
    try:
        course = Course(hub.folder / "course")
        print(f"{count} students, {course.name}, {os.cpu_count()} cores, "
              f"load before the start {os.getloadavg()[0]:.1f}\n")
        names = [f"student{number:03}" for number in range(1, count + 1)]
        return int(asyncio.run(trial(hub, course, names)) > 0)
    except (RuntimeError, ConnectionError, aiohttp.ClientError) as error:
        print(f"The trial ended early: {error}. What the hub said is in "
              f"{(hub.folder / 'log.txt').relative_to(ROOT)}.", file=sys.stderr)
        return 1
    finally:
        hub.stop()


if __name__ == "__main__":
    sys.exit(main())
