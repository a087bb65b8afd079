"""A Redis server, workers and beats in processes of their own, for the proofs of the queue."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psutil
import redis

from tests.agent.processes import worker_environment
from tests.proof.waiting import wait_until

QUEUES = ("celery", "cycles", "mail")


class Redis:
    """A Redis server that keeps nothing on disk, so that what ends it empties it."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.client = redis.Redis(port=self.port)

    def start(self) -> None:
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        self.process = subprocess.Popen(
            [*command, "--dir", str(self.directory)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_until(self.answers, "Redis to answer")

    def answers(self) -> bool:
        with suppress(redis.ConnectionError):
            return bool(self.client.ping())
        return False

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def waiting(self, *queues: str) -> int:
        """How many rings no worker has taken yet."""
        return sum(self.client.llen(queue) for queue in queues or QUEUES)

    def in_hand(self) -> int:
        """How many rings workers have taken and not acknowledged."""
        return self.client.hlen("unacked")


class Program:
    """A worker or a beat, started as an operator starts it, with everything it says in a file."""

    def __init__(self, *arguments: str, said: Path, url: str, post: Path, **environment: str) -> None:
        self.said = said
        with said.open("a") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "agent_site", *arguments, "--loglevel", "INFO"],
                env=worker_environment(
                    DJANGO_SETTINGS_MODULE="tests.proof.broker_settings",
                    CELERY_BROKER_URL=url,
                    POST_LOG=str(post),
                    **environment,
                ),
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def count(self, words: str) -> int:
        """How often the process has said something."""
        return self.said.read_text().count(words)

    def wait_for(self, words: str, times: int = 1) -> None:
        wait_until(lambda: self.count(words) >= times or self.process.poll() is not None, f"'{words}'")
        assert self.count(words) >= times, self.said.read_text()

    def children(self) -> list[psutil.Process]:
        """The processes in which the worker's tasks run."""
        with suppress(psutil.NoSuchProcess):
            return psutil.Process(self.process.pid).children()
        return []

    def signal_children(self, number: signal.Signals) -> None:
        for child in self.children():
            with suppress(psutil.NoSuchProcess):
                child.send_signal(number)

    def kill(self) -> None:
        """End the process and everything it started, without a word."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
