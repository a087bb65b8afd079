"""The data that is measured on: books of contacts of any size, always with the same people due.

Rows are generated on the server, by its superuser with the foreign-key triggers off: a million contacts in a
minute. They are such rows as the services would have written. Everything is the same in every run.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from psycopg import ClientCursor

from tests.bench.server import Server

NOW = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
TENANT = 1
CONTACTS_PER_CLIENT = 20
REQUEST = {
    "kind": "call",
    "who": "you",
    "quote": "Can you call me Thursday at 2pm?",
    "start": 0,
    "end": 32,
    "due_at": None,
    "due_end_at": None,
    "due_words": "Thursday at 2pm",
}

TENANT_SQL = """
    INSERT INTO tenants (id, slug, name, kind, timezone, agent_enabled, agent_reason, mail_enabled, mail_reason,
                         send_mode_by, send_mode_why, agent_settings, created_at)
    VALUES (%(tenant)s, 'meridian', 'Meridian Valuation Services', 'amc', 'America/Denver', true, '', true, '', '', '',
            %(settings)s, %(now)s)
"""
MAILBOX_SQL = """
    INSERT INTO mailboxes (tenant_id, address_normalised, display_name, is_primary, is_domain_own, maildir_path)
    VALUES (%(tenant)s, 'orders@meridianvs.test', 'Orders', true, true, '')
"""
DOMAIN_SQL = """
    INSERT INTO sending_domain_checks (tenant_id, domain, result, findings, checked_at)
    VALUES (%(tenant)s, 'meridianvs.test', 'passed', '[]', %(now)s)
"""
CLIENTS_SQL = """
    INSERT INTO clients (id, tenant_id, reference, name, client_type, status, email_domain, states, terms, created_at)
    SELECT n, %(tenant)s, 'client-' || n, 'Blue Mesa Credit Union ' || n, 'credit_union', 'active',
           'client' || n || '.test', '["CO"]', 'net30', %(now)s - interval '400 days'
    FROM generate_series(1, %(clients)s) AS n
"""
CONTACTS_SQL = """
    INSERT INTO contacts (id, tenant_id, client_id, first_name, last_name, role, title, department, company, phone_e164,
                          mobile_e164, direct_e164, fax_e164, linkedin_url, postal_address, timezone, restricted_party,
                          is_shared_mailbox, is_active, has_left, source, source_message_id, created_at)
    SELECT n, %(tenant)s, 1 + n %% %(clients)s, 'Tomás', 'Herrera ' || n, 'processor', '', '', '', '', '', '', '', '',
           '', '', false, false, true, false, 'operator', '', %(now)s - interval '400 days'
    FROM generate_series(1, %(contacts)s) AS n
"""
ADDRESSES_SQL = """
    INSERT INTO contact_addresses (tenant_id, contact_id, email, email_normalised, is_primary, created_at)
    SELECT %(tenant)s, n, address, address, true, %(now)s - interval '400 days'
    FROM (SELECT n, 'person' || n || '@client' || 1 + n %% %(clients)s || '.test' AS address
          FROM generate_series(1, %(contacts)s) AS n) AS known
"""
# The last touch of everybody; those who are due were touched 22 to 51 days ago, the others 1 to 20.
TOUCHES_SQL = """
    INSERT INTO engagement_touches (tenant_id, contact_id, client_id, kind, by, at, source_kind, source_id, recorded_at)
    SELECT %(tenant)s, n, 1 + n %% %(clients)s, 'email_received', 'Herrera', at, 'mail', '<' || n || '@mail.test>', at
    FROM (SELECT n, %(now)s - make_interval(days => CASE WHEN n %% (%(contacts)s / %(due)s) = 0
                                                         THEN 22 + n %% 30 ELSE 1 + n %% 20 END) AS at
          FROM generate_series(1, %(contacts)s) AS n) AS last
"""
CONTACT_CLOCKS_SQL = """
    INSERT INTO engagement_clocks (tenant_id, contact_id, started_at, last_touch_at, last_touch_kind, last_touch_by,
                                   limit_days, next_touch_due_at)
    SELECT tenant_id, contact_id, %(now)s - interval '400 days', at, kind, by, 21, at + interval '21 days'
    FROM engagement_touches
"""
CLIENT_CLOCKS_SQL = """
    INSERT INTO engagement_clocks (tenant_id, client_id, started_at, last_touch_at, last_touch_kind, last_touch_by,
                                   limit_days, next_touch_due_at)
    SELECT %(tenant)s, n, %(now)s - interval '400 days', %(now)s - interval '1 day', 'email_received', 'Herrera', 21,
           %(now)s + interval '20 days'
    FROM generate_series(1, %(clients)s) AS n
"""
THREADS_SQL = """
    INSERT INTO mail_threads (id, tenant_id, root_message_id, subject, last_message_at)
    SELECT n, %(tenant)s, '<ask-' || n || '@client.test>', 'Turn times', %(now)s - interval '1 hour'
    FROM generate_series(1, %(requests)s) AS n
"""
MESSAGES_SQL = """
    INSERT INTO gmail_messages (id, tenant_id, message_id, thread_id, contact_id, client_id, direction, tier, category,
                                standing, in_reply_to, from_address, from_name, to_addresses, cc_addresses, subject,
                                headers, body_text, newest_text, reading, request_count, size, sent_at, stored_at,
                                is_awaiting_plan)
    SELECT n, %(tenant)s, '<ask-' || n || '@client.test>', n, n, 1 + n %% %(clients)s, 'in', 'human',
           'callback_request', 'contact', '', 'person' || n || '@client.test', 'Tomás Herrera', '[]', '[]',
           'Turn times', '[]', %(text)s, %(text)s, %(reading)s, 1, 900, %(now)s - interval '1 hour',
           %(now)s - interval '1 hour', true
    FROM generate_series(1, %(requests)s) AS n
"""
# What years of cycles leave behind: one card in a thousand waits to be carried out, the others are done.
CARDS_SQL = """
    INSERT INTO kanban_cards (tenant_id, kind, engine, state, priority, dedupe_key, is_rehearsal, subject_kind,
                              subject_id, subject_label, contact_id, contact_label, payload, reason, evidence, rule,
                              rule_reason, result, not_before, proposed_at, finished_at, attempts, defer_count,
                              effect_began, approved_by, approved_hash, run_id)
    SELECT %(tenant)s, 'send_email', 'engagement', CASE WHEN is_open THEN 'allowed' ELSE 'done' END, 50,
           'check-in:' || n, false, 'contact', n, '', n, '', '{}', 'No contact for 22 days.', '[]', '', '', '{}', at,
           at, CASE WHEN is_open THEN NULL ELSE at END, 1, 0, true, '', '', %(run)s
    FROM (SELECT n, n %% 1000 = 1 AS is_open, %(now)s - make_interval(mins => n %% 100000) AS at
          FROM generate_series(1, %(contacts)s) AS n) AS past
"""
EVENTS_SQL = """
    INSERT INTO warehouse_events (tenant_id, kind, subject_kind, subject_id, data, occurred_at, writer_xid)
    SELECT %(tenant)s, 'contact.touched', 'contact', n, '{}', %(now)s - make_interval(mins => n %% 100000), n / 10
    FROM generate_series(1, %(contacts)s) AS n
"""
SUPPRESSIONS_SQL = """
    INSERT INTO email_suppressions (tenant_id, email_normalised, contact_id, scope, reason, detail, suppressed_at,
                                    lifted_by, lift_reason)
    SELECT tenant_id, email_normalised, contact_id, 'all', 'hard_bounce', '', %(now)s, '', ''
    FROM contact_addresses
"""
# The tables that `fill_book` fills for whoever is already a tenant, and what has happened to them.
PEOPLE_SQL = (CLIENTS_SQL, CONTACTS_SQL, ADDRESSES_SQL, TOUCHES_SQL, CONTACT_CLOCKS_SQL, CLIENT_CLOCKS_SQL)
PAST_SQL = (CARDS_SQL, EVENTS_SQL, SUPPRESSIONS_SQL)
IDENTITIES_SQL = """
    SELECT setval(pg_get_serial_sequence(name, 'id'), %(next)s)
    FROM unnest(ARRAY['tenants', 'clients', 'contacts', 'mail_threads', 'gmail_messages']) AS name
"""


def fill_book(
    server: Server,
    database: str,
    *,
    contacts: int,
    due: int,
    requests: int = 0,
    settings: dict[str, Any] | None = None,
) -> str:
    """Put one tenant with `contacts` people into an empty database: `due` of them are owed a check-in, and
    `requests` have asked for a call by mail that no plan has seen."""
    parameters = {
        "tenant": TENANT,
        "settings": json.dumps(settings or {}),
        "now": NOW,
        "contacts": contacts,
        "clients": contacts // CONTACTS_PER_CLIENT,
        "due": due,
        "requests": requests,
        "text": REQUEST["quote"],
        "reading": json.dumps({"requests": [REQUEST]}),
        "next": contacts + 1,
    }
    statements = (
        TENANT_SQL,
        MAILBOX_SQL,
        DOMAIN_SQL,
        *PEOPLE_SQL,
        THREADS_SQL,
        MESSAGES_SQL,
        IDENTITIES_SQL,
    )
    load_rows(server, database, statements, parameters)
    return database


def load_rows(server: Server, database: str, statements: tuple[str, ...], parameters: dict[str, Any]) -> None:
    """Run generating statements without checking keys between them, then bring the planner's statistics up to date."""
    with server.connect("postgres", database, cursor_factory=ClientCursor) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute("SET synchronous_commit = off")
        for statement in statements:
            admin.execute(statement, parameters)
        admin.execute("VACUUM ANALYZE")
        admin.execute("CHECKPOINT")
