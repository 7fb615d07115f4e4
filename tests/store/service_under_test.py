"""The real service on loopback with a store of its own, for the scripts that take away what it stands on."""

import contextlib
import http.client
import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
from datetime import datetime, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("RECTAL_CDS_BINARY", ROOT / "build" / "rectal-cds"))
CLUSTER = ROOT / "tests" / "postgresql" / "cluster"
HOOK = "/cds-services/rectal-cancer-order-sign"
REQUEST = (ROOT / "tests" / "examples" / "cetuximab-kras-g12d-order-sign.json").read_bytes()


def run(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(str(part) for part in command)}: {done.stderr}")
    return done.stdout


def has_postgresql():
    return bool(list(Path("/usr/lib/postgresql").glob("*/bin/initdb")))


def new_cluster(preload=None):
    os.environ["CLUSTER_OWNER"] = str(os.getpid())
    if preload:
        os.environ["CLUSTER_PRELOAD"] = str(preload)  # for its later starts, too
    return run(CLUSTER, "create").strip()


def post(connection, path, body):
    """Status, Retry-After and body of the answer."""
    connection.request("POST", path, body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    return answer.status, answer.getheader("Retry-After"), answer.read()


def feedback_on(answer, comment):
    now = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    item = {"card": json.loads(answer)["cards"][0]["uuid"], "outcome": "overridden", "outcomeTimestamp": now,
            "overrideReason": {"userComment": comment}}
    return json.dumps({"feedback": [item]})


class Service:
    """`cluster`: folder of a PostgreSQL server; without it the store is a SQLite file in `disk`."""

    def __init__(self, folder, cluster="", disk=None):
        self.folder, self.cluster = folder, cluster
        self.store = f"@{cluster}/address" if cluster else str((disk or folder) / "store.sqlite")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        (folder / "key").touch(mode=0o600)
        (folder / "key").write_bytes(os.urandom(32))
        self.process = None

    def start(self):
        log = open(self.folder / "log", "ab")
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--listen", f"127.0.0.1:{self.port}", "--store", self.store, "--pseudonym-key",
             self.folder / "key", "--log-level", "warn"], stdout=log, stderr=log, cwd=self.folder)

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)

    def get(self, path):
        connection = self.connect()
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()

    def await_ready(self):
        for _ in range(600):
            try:
                if self.get("/readyz")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.1)
        sys.exit(f"The service does not come up. Its log: {self.log()[-1000:]}")

    def log(self):
        return (self.folder / "log").read_text()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.terminate()
        self.process.wait()

    def end(self):
        if self.process and self.process.poll() is None:
            self.kill()

    def address(self):
        """The server's, without the password; and the password."""
        address = Path(self.cluster, "address").read_text().strip()
        password = address.split(":")[2].split("@")[0]
        return address.replace(":" + password, ""), password

    def ask(self, query):
        """The first column, asked of the database itself."""
        if not self.cluster:
            with contextlib.closing(sqlite3.connect(self.store)) as database:
                return [str(row[0]) for row in database.execute(query)]
        address, password = self.address()
        return run("env", f"PGPASSWORD={password}", "psql", "--no-psqlrc", "-At", "-d", address, "-c", query).splitlines()

    def is_chain_intact(self):
        return "Audit chain intact" in run(PROGRAM, "store", "check", "--store", self.store)
