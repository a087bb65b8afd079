import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from agent_site.embedded import EmbeddedDatabaseError, embedded_url
from agent_site.embedded.binaries import program_directory
from agent_site.embedded.cluster import Cluster
from agent_site.home import HomeUnusable, agent_home

NOT_RUNNING = 3


class Command(BaseCommand):
    help = (
        "Look after the embedded database of $AGENT_HOME. status exits 0 when it runs and 3 when it does "
        "not; psql opens a session as the owner of the tables and passes further arguments on."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="start|status|stop|psql")
        actions.add_parser("start", help="start the server, creating the cluster the first time")
        actions.add_parser("status", help="say where it is and whether it runs")
        actions.add_parser("stop", help="stop the server, ending its sessions")
        psql = actions.add_parser("psql", help="open a session as the owner", prefix_chars="\0")
        psql.add_argument("arguments", nargs="*", help="arguments of psql")

    def handle(self, *args: Any, **options: Any) -> None:
        cluster = Cluster(agent_home())
        try:
            getattr(self, f"_{options['action']}")(cluster, options)
        except (EmbeddedDatabaseError, HomeUnusable) as error:
            raise CommandError(str(error)) from error

    def _start(self, cluster: Cluster, options: dict[str, Any]) -> None:
        cluster.start()
        self._status(cluster, options)

    def _status(self, cluster: Cluster, options: dict[str, Any]) -> None:
        status = cluster.status()
        state = f"running (process {status.pid})" if status.is_running else "stopped"
        self.stdout.write(f"state    {state}\ndata     {status.directory}\nsocket   {status.sockets}")
        self.stdout.write(f"log      {status.log}")
        if not status.is_running:
            sys.exit(NOT_RUNNING)

    def _stop(self, cluster: Cluster, options: dict[str, Any]) -> None:
        self.stdout.write("Stopped." if cluster.stop() else "It was not running.")

    def _psql(self, cluster: Cluster, options: dict[str, Any]) -> None:
        cluster.start()
        psql = program_directory(None) / "psql"
        os.execv(psql, [str(psql), embedded_url("agent_owner"), *options["arguments"]])  # noqa: S606
