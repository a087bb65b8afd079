"""Who may act on the world: read from the program's own source, so that a new way out does not come in unnoticed."""

from __future__ import annotations

import ast

import pytest

from agent_site.home import REPOSITORY

PROGRAM = (
    "agent",
    "agent_site",
    "documents",
    "engagement",
    "orders",
    "deals",
    "quotes",
    "compliance",
    "feedback",
)
# Where each method that carries out a card, or settles one, is called. A handler may call its own.
CALLERS = {
    "apply": {"agent/executor.py"},
    "apply_all": {"agent/executor.py"},
    "perform": {"agent/executor.py"},
    "record": {"agent/executor.py"},
    # The other one asks the provider in force, whose method has the same name.
    "reconcile": {"agent/recovery.py", "engagement/mail/providers/__init__.py"},
}
# What can reach another machine, and the only modules that import it.
WAYS_OUT = {
    "smtplib": {"engagement/mail/providers/smtp.py"},
    "django.core.mail": {
        "agent/alerts/mail.py",
        "engagement/mail/providers/contract.py",
        "engagement/mail/providers/smtp.py",
    },
    "dns": {"engagement/mail/resolver.py"},
    # The second only reads what a provider posts to us.
    "anymail": {"engagement/mail/providers/resend.py", "engagement/mail/providers/webhooks.py"},
    "googleapiclient": {
        "engagement/mail/gmail/client.py",
        "engagement/mail/gmail/endpoints.py",
        "engagement/mail/providers/gmail.py",
    },
    "httplib2": {"engagement/mail/gmail/transport.py"},
    "requests": {
        # The vectors of texts, from the endpoint that an installation names.
        "documents/embedding/endpoint.py",
        "engagement/mail/gmail/client.py",
        "engagement/mail/gmail/grants.py",
        "engagement/mail/gmail/transport.py",
        "engagement/mail/language_model/endpoint.py",
        "engagement/mail/providers/gmail.py",
        "engagement/mail/providers/resend.py",
    },
    "http.client": {"agent/alerts/webhook.py"},
    "ssl": {"agent/alerts/webhook.py"},
    # Three of them only ask for the name of their own machine, and the readers of files for a pair that joins two
    # processes of it (`test_a_reader_of_files_opens_nothing_but_its_own_pair`).
    "socket": {
        "agent/alerts/webhook.py",
        "agent/alerts/services.py",
        "agent/leases.py",
        "documents/pipeline.py",
        "documents/extraction/hosts.py",
        "documents/readers/__main__.py",
        "documents/readers/fences.py",
        "documents/readers/host.py",
    },
    # The database, the host of readers, and the program that recognises text in scans.
    "subprocess": {
        "agent_site/embedded/cluster.py",
        "agent_site/embedded/placement.py",
        "documents/extraction/hosts.py",
        "documents/readers/recognition.py",
    },
    **dict.fromkeys(
        (
            "aiohttp asyncio boto3 ftplib grpc httpx imaplib multiprocessing nntplib paramiko "
            "poplib pycurl socketserver telnetlib urllib.request urllib3 websockets xmlrpc"
        ).split(),
        set(),
    ),
}
NAMES_OWN_MACHINE = {"agent/alerts/services.py", "agent/leases.py", "documents/pipeline.py"}
# What the readers of files use of it: a pair, what is passed through it, and the door that is shut behind a reader.
PAIRED = {
    "documents/extraction/hosts.py": {"socketpair", "send_fds"},
    "documents/readers/__main__.py": {"socket"},
    "documents/readers/fences.py": {"socket"},
    "documents/readers/host.py": {"socket", "recv_fds"},
}
# They import by the literal names of a table of their own: a reader's library is loaded in the reader alone, and a
# command that needs no table starts without the apps.
LITERAL_TABLES = {"agent_site/entry.py", "documents/readers/reading.py"}
# A provider is spoken to through these, and they are called where a card is carried out.
PROVIDER_CALLS = ("engagement.mail.providers.deliver", "engagement.mail.providers.ask_again")


@pytest.fixture(scope="module")
def program():
    """The syntax tree of every module of the program, by its path."""
    paths = [path for name in PROGRAM for path in sorted(REPOSITORY.glob(f"{name}/**/*.py"))]
    assert len(paths) > 100
    return {str(path.relative_to(REPOSITORY)): ast.parse(path.read_text()) for path in paths}


def read_imports(tree):
    """The full names of everything that a module imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield from (f"{module}.{alias.name}" for alias in node.names)


def is_imported(name, tree):
    return any(f"{imported}.".startswith(f"{name}.") for imported in read_imports(tree))


def read_uses(tree, name):
    """Every `thing.name` in a module, but for what an object says of itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == name:
            owner = node.value.func if isinstance(node.value, ast.Call) else node.value
            if not (isinstance(owner, ast.Name) and owner.id in ("self", "super")):
                yield node


@pytest.mark.parametrize("method", CALLERS)
def test_only_the_executor_and_recovery_carry_out_cards(program, method):
    assert {place for place, tree in program.items() if any(read_uses(tree, method))} == CALLERS[method]


@pytest.mark.parametrize("name", WAYS_OUT)
def test_nothing_else_can_reach_another_machine(program, name):
    assert {place for place, tree in program.items() if is_imported(name, tree)} == WAYS_OUT[name]


@pytest.mark.parametrize("place", sorted(NAMES_OWN_MACHINE))
def test_a_socket_is_not_opened_to_learn_a_name(program, place):
    assert read_socket_uses(program[place]) == {"gethostname"}


@pytest.mark.parametrize("place", sorted(PAIRED))
def test_a_reader_of_files_opens_nothing_but_its_own_pair(program, place):
    assert read_socket_uses(program[place]) == PAIRED[place]


def read_socket_uses(tree):
    return {node.attr for node in ast.walk(tree) if is_name(getattr(node, "value", None), "socket")}


def is_name(node, name):
    return isinstance(node, ast.Name) and node.id == name


@pytest.mark.parametrize("call", PROVIDER_CALLS)
def test_only_the_handlers_of_mail_speak_to_a_provider(program, call):
    assert {place for place, tree in program.items() if is_imported(call, tree)} == {
        "engagement/mail/sending.py"
    }


def test_only_their_own_package_knows_the_providers_apart(program):
    apart = [f"engagement.mail.providers.{name}" for name in ("smtp", "resend", "webhooks")]
    knowing = {place for place, tree in program.items() if any(is_imported(name, tree) for name in apart)}
    assert knowing == {"engagement/mail/providers/__init__.py", "engagement/mail/providers/webhooks.py"}


def test_nothing_is_imported_by_a_name_made_up_at_run_time(program):
    made_up = {
        place
        for place, tree in program.items()
        if any(is_imported(f"importlib.{name}", tree) for name in ("import_module", "__import__"))
        or any(is_name(node, "__import__") for node in ast.walk(tree))
    }
    assert made_up == LITERAL_TABLES


@pytest.mark.parametrize(
    "source",
    [
        "import smtplib",
        "import smtplib as post",
        "def f():\n    from smtplib import SMTP",
        "from smtplib import *",
    ],
)
def test_an_import_is_found_however_it_is_written(source):
    assert is_imported("smtplib", ast.parse(source))
    assert not is_imported("smtp", ast.parse(source))
    assert not is_imported("smtplib", ast.parse("from .smtplib import SMTP"))


@pytest.mark.parametrize("source", ["handler.perform(intent)", "do = registry.handlers()[kind].perform"])
def test_a_call_is_found_however_it_is_written(source):
    assert len(list(read_uses(ast.parse(source), "perform"))) == 1


@pytest.mark.parametrize("source", ["self.perform(intent)", "super().perform(intent)", "perform(intent)"])
def test_what_a_handler_says_of_itself_is_no_call(source):
    assert list(read_uses(ast.parse(source), "perform")) == []
