"""What `tests.mutations` takes away: each gate, policy rule, fence and clause of the wall, and who must notice."""

from __future__ import annotations

from pathlib import Path

from tests.mutation_base import Mutation
from tests.mutation_base import changes_of as _of
from tests.mutation_list_api import API
from tests.mutation_list_documents import DOCUMENTS
from tests.mutation_list_extraction import EXTRACTION
from tests.mutation_list_orders import CREDIT_AND_INDEPENDENCE, FIXES, OVERRIDES


def _rules() -> list[Mutation]:
    """Every policy rule, taken out of the tuple of rules."""
    path = "agent/rules.py"
    text = (Path(__file__).parent.parent / path).read_text()
    names = text.split("RULES: tuple[Rule, ...] = (\n")[1].split(")\n")[0].split()
    return [
        Mutation(
            name=f"rule-{name.rstrip(',')}",
            path=path,
            old=f"    {name}\n",
            new="",
            tests=("tests/agent/test_rules.py",),
        )
        for name in names
    ]


RULES = _of(
    "agent/rules.py",
    "tests/agent/test_rules.py",
    research_waits_for_people=("    if overdue:\n        people", "    if False:\n        people"),
    research_needs_a_goal=('    if not facts["goals_set"]:', "    if False:"),
    research_waits_for_goals=(
        '    if facts["goals_behind"] or facts["pipeline_thin"]:\n        return None',
        "    if True:\n        return None",
    ),
)
WALL = _of(
    "agent/tenancy_operations.py",
    "tests/agent/test_tenant_wall.py",
    changes_schema=True,
    rls_using=("USING ({check})", "USING (true)"),
    rls_with_check=("WITH CHECK ({check})", "WITH CHECK (true)"),
    rls_enable=("ENABLE ROW LEVEL SECURITY, FORCE", "DISABLE ROW LEVEL SECURITY, FORCE"),
    rls_force=("ENABLE ROW LEVEL SECURITY, FORCE", "ENABLE ROW LEVEL SECURITY, NO FORCE"),
    composite_unique=('UNIQUE (tenant_id, "{pk}")\')]', 'UNIQUE ("{pk}", tenant_id)\')][:0]'),
    composite_key=(
        "            statements.append(_add_constraint(table, *_composite_key(table, field)))\n",
        "",
    ),
)
SCOPES = _of(
    "agent/tenancy.py",
    "tests/agent/test_tenant_wall.py",
    "tests/agent/test_registry.py",
    scope_is_durable=("using=using, durable=True", "using=using"),
    scope_is_local=(
        "set_config('app.tenant_id', %s, true)",
        "set_config('app.tenant_id', %s, false)",
    ),
    role_is_bound=("    require_bound_role(using)\n", ""),
    query_needs_scope=(
        "        if self._result_cache is None and _scoped_tenant.get() is None:",
        "        if False:",
    ),
    method_needs_scope=(
        '        if _scoped_tenant.get() is None:\n            raise NoTenantScope(\n                f"{self.model',
        '        if False:\n            raise NoTenantScope(\n                f"{self.model',
    ),
    service_refuses_scope=("    if _scoped_tenant.get() is not None:", "    if False:"),
)
LEASES = _of(
    "agent/leases.py",
    "tests/agent/test_leases.py",
    "tests/proof/test_leases.py",
    fence=(
        "        if cursor.fetchone() is None:\n            raise LeaseLost",
        "        if False:\n            raise LeaseLost",
    ),
    fence_holds_row=("clock_timestamp() FOR KEY SHARE", "clock_timestamp()"),
    fence_in_scope=("            fence(tenant_id, token)\n", "            pass\n"),
    token_grows=("token = l.token + 1", "token = l.token"),
    lease_excludes=(
        "    WHERE l.expires_at <= clock_timestamp() OR NOT {IS_CONNECTED_SQL}\n    RETURNING",
        "    RETURNING",
    ),
    extend_needs_life=(
        'AND token = %(token)s AND expires_at > clock_timestamp()\n"""\n# The row',
        'AND token = %(token)s\n"""\n# The row',
    ),
    release_keeps_token=(
        "UPDATE agent_tenant_locks SET expires_at = clock_timestamp()\n",
        "UPDATE agent_tenant_locks SET token = 0, expires_at = clock_timestamp()\n",
    ),
    loser_is_told=(
        "    if row is None:\n        raise LeaseTaken\n",
        "    if row is None:\n        row = (0,)\n",
    ),
)
LIMITS = _of(
    "agent/limits.py",
    "tests/agent/test_limits.py",
    cap_refuses=("if used[_place(cap, now)] >= cap.limit]", "if False]"),
    cap_is_locked=(
        "    places = sorted({_place(cap, now) for cap in caps})\n    is_shared",
        "    places = sorted({_place(cap, now) for cap in caps})\n"
        "    model._default_manager.bulk_create(\n"
        "        [model(key=key, window=window, window_start=start, used=0) for key, window, start in places],\n"
        "        ignore_conflicts=True,\n"
        "    )\n"
        "    return _read_used(caps, now)\n"
        "    is_shared",
    ),
    cap_all_or_none=("        if not full:\n", "        if True:\n"),
    cap_is_written=(
        "    if not counts:\n        return\n    places",
        "    if True:\n        return\n    places",
    ),
    cap_of_day=(
        "return Cap(key, Window.HOUR, per_hour), Cap(key, Window.DAY, per_day)",
        "return (Cap(key, Window.HOUR, per_hour),)",
    ),
    cap_of_recipient=("    if content.recipient:\n", "    if False:\n"),
    cap_of_provider=("    if content.provider:\n", "    if False:\n"),
    cap_not_below_nothing=("used__gt=0", "used__gte=0"),
)
CLAIMS = _of(
    "agent/claims.py",
    "tests/agent/test_executor.py",
    "tests/agent/test_switches.py",
    "tests/agent/test_cycle.py",
    claim_judges_again=(
        "    if entry.state == CardState.ALLOWED:\n        return True\n    expires_at",
        "    return True\n    expires_at",
    ),
    claim_is_exclusive=("LIMIT %s FOR UPDATE SKIP LOCKED", "LIMIT %s"),
    approval_expires=("expires_at is not None and expires_at > cycle.now", "expires_at is not None"),
    approval_is_bound=(
        "entry.state == CardState.ALLOWED or entry.card.approved_hash == content.hash",
        "True",
    ),
    claim_takes_caps=("if until is not None}", "if False}"),
    retry_keeps_bytes=("        if card.pk not in kept\n    }", "    }"),
)
SWITCHES = _of(
    "agent/switches.py",
    "tests/agent/test_switches.py",
    switch_environment=("    if settings.AGENT_KILL_SWITCH.strip().lower() in OFF_WORDS:", "    if True:"),
    switch_missing_row=("    if system is None:\n", "    if False:\n"),
    switch_database=("    if not system[0]:\n", "    if False:\n"),
    switch_tenant=("    if tenant is None or not tenant.agent_enabled:\n", "    if False:\n"),
    flip_gets_in=('        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CLAIM_LOCK])', "        pass"),
    switch_is_locked=('SHARE = " FOR SHARE"', 'SHARE = ""'),
    switch_of_mail_unread=("    if system is None or tenant is None:\n", "    if False:\n"),
    switch_of_mail_all=("    if not system[2]:\n", "    if False:\n"),
    switch_of_mail_tenant=("    if not tenant.mail_enabled:\n", "    if False:\n"),
    last_look_at_mail=("    if kind == MAIL_KIND and switches.mail_stop:\n", "    if False:\n"),
    last_look_at_all=(
        "    switches = ensure_running(tenant_id, lock=True)\n    if kind",
        "    switches = read_switches(tenant_id, lock=True)\n    if kind",
    ),
    safest_mode_wins=(
        "return min(modes, key=_LEAST_TO_MOST.index)",
        "return max(modes, key=_LEAST_TO_MOST.index)",
    ),
)
MOVES = _of(
    "agent/moves.py",
    "tests/agent/test_states.py",
    "tests/agent/test_executor.py",
    move_from_legal_state=("AND card.state = ANY(%(sources)s)", "AND %(sources)s::text[] IS NOT NULL"),
    move_locks=("::bigint[]) ORDER BY id FOR UPDATE\n", "::bigint[]) ORDER BY id\n"),
)
EVENTS = _of(
    "agent/events.py",
    "tests/agent/test_events.py",
    events_below_horizon=(", writer_xid__lt=read_horizon()", ""),
    events_own_transaction=("        pg_current_xact_id_if_assigned()::text::bigint\n", "        NULL\n"),
    events_once=(
        "            EventCursor.objects.filter(engine=engine.slug).update(",
        "            EventCursor.objects.none().update(",
    ),
)

ABANDONED = _of(
    "agent/abandoned.py",
    "tests/agent/test_leases.py",
    "tests/agent/test_cycle.py",
    three_abandons_pause=("        if is_dying_repeatedly(tenant):", "        if False:"),
    resuming_starts_anew=("    if resumed_at is not None:", "    if False:"),
)
EXECUTOR = _of(
    "agent/executor.py",
    "tests/agent/test_executor.py",
    "tests/agent/test_switches.py",
    "tests/mail/test_opt_out.py",
    "tests/proof/test_leases.py",
    switch_at_last_look=(
        "            ensure_may_leave(entry.card.kind, cycle.tenant.pk)\n            objection",
        "            objection",
    ),
    handler_at_last_look=("    elif objection:", "    elif False:"),
    pause_after_last_look=("    elif time.monotonic() - looked_at > LOOK_HOLDS_SECONDS:", "    elif False:"),
    pretended_clock_sends_nothing=("    if cycle.is_simulated:\n        return False\n", ""),
)
RECOVERY = _of(
    "agent/recovery.py",
    "tests/agent/test_recovery.py",
    "tests/mail/test_unknown_outcome.py",
    "tests/proof/test_crash.py",
    pretended_clock_asks_nothing=("    if cycle.is_simulated:\n        return 0\n", ""),
    switch_forbids_asking=(
        "            ensure_may_leave(intent.card.kind, cycle.tenant.pk)\n",
        "            pass\n",
    ),
    asking_stops_when_told_to=("        if outcome.retry_after is not None:", "        if False:"),
    settling_of_same_attempt=("state=card.state, attempts=card.attempts)", "state=card.state)"),
    living_claims_are_left=(
        "dead = unfenced | (Q(fence__isnull=False) & ~Q(fence=live or 0))",
        "dead = ~Q(fence=-1)",
    ),
    old_unknowns_are_left=("        created_at__gt=cycle.now - PROVABLE_FOR,\n", ""),
)
DOORS = _of(
    "agent/api.py",
    "tests/agent/test_cron_route.py",
    "tests/agent/test_metrics.py",
    cron_needs_a_secret=("    if not secret:", "    if False:"),
    cron_compares_the_secret=("    if not _holds(request, secret):", "    if False:"),
    metrics_compare_the_token=("and not _holds(request, settings.METRICS_TOKEN)", "and False"),
    metrics_need_a_token=("    if not settings.METRICS_TOKEN and", "    if False and"),
)
RECIPIENTS = [
    *_of(
        "engagement/mail/suppression.py",
        "tests/mail/test_opt_out.py",
        "tests/mail/test_console.py",
        "tests/mail/test_import.py",
        opt_out_waits_for_claims=(
            "    lock_recipients(str(owners.get(one.email_normalised, one.email_normalised)) for one in entries)\n",
            "",
        ),
        opt_out_cancels_what_waits=("    _cancel_waiting_cards(rows, now)\n", ""),
        lifting_needs_a_reason=("    if not reason:\n", "    if False:\n"),
        grave_lifting_needs_more=("        if row.reason in GRAVE_REASONS and", "        if False and"),
        soft_bounces_add_up=("if count >= SOFT_BOUNCE_LIMIT}", "if False}"),
        pause_does_not_shorten=(
            "    return lasts and row.closed_streams",
            "    return row.closed_streams",
        ),
    ),
    *_of(
        "engagement/mail/recipients.py",
        "tests/mail/test_opt_out.py",
        "tests/mail/test_console.py",
        "tests/mail/test_import.py",
        opt_out_is_of_the_person=(
            "self.by_contact.get(contact_id, ()) if contact_id is not None else ()",
            "()",
        ),
        claim_waits_for_opt_outs=(
            '    _lock("pg_advisory_xact_lock_shared", ',
            '    [].append(_lock) or print("", ',
        ),
    ),
    *_of(
        "engagement/mail/opt_out.py",
        "tests/mail/test_opt_out.py",
        opt_out_link_is_signed=("_signer().unsign(token)", 'token.rpartition(".")[0]'),
    ),
    *_of(
        "engagement/mail/sending.py",
        "tests/mail/test_business_hours.py",
        "tests/mail/test_sending.py",
        business_hours=("    return opens_at if opens_at > cycle.now else None", "    return None"),
        hours_of_the_recipient=("(contact and contact.zone) or desk.zone", "desk.zone"),
    ),
]
DEMOTION = _of(
    "agent/alerts/demotion.py",
    "tests/alerts/test_demotion.py",
    demotion_needs_a_sample=("    if mail.sent < SENT_FLOOR:", "    if False:"),
    demotion_by_complaints=("    if mail.complaints >= max(", "    if False and mail.complaints >= max("),
    demotion_by_bounces=("    if mail.hard_bounces >=", "    if False and mail.hard_bounces >="),
    demotion_by_volume=("    if mail.usual_hours >= VOLUME_HISTORY and", "    if False and"),
    demotion_by_refusals=("    if facts.refusals_counted >= POLICY_MIN and", "    if False and"),
    demotion_only_lowers=(
        "    target = lowering.steps.get(mode)",
        "    target = lowering.steps.get(mode, SendMode.LIVE)",
    ),
    demotion_counts_from_the_last=("    return max(earliest, last or earliest)", "    return earliest"),
    demotion_ends_by_a_higher_mode=(
        "_LEAST_TO_MOST.index(stage) < _LEAST_TO_MOST.index(mode)]",
        "_LEAST_TO_MOST.index(stage) <= _LEAST_TO_MOST.index(mode)]",
    ),
)
RAISING = _of(
    "agent/admin/tenants.py",
    "tests/alerts/test_demotion.py",
    raising_needs_a_yes=(
        "        is_grave = self.flipped or self.is_raised",
        "        is_grave = self.flipped",
    ),
    a_stale_page_raises_nothing=("        elif _spell(current) != seen:", "        elif False:"),
    an_untouched_page_raises_nothing=(
        '            cleaned["agent_settings"] = wanted = current',
        '            cleaned["agent_settings"] = wanted',
    ),
)
NOTICES = _of(
    "agent/alerts/delivery.py",
    "tests/alerts/test_delivery.py",
    loopback_is_ours_alone=(" and audience.tenant_id is None,", ","),
    notices_have_a_daily_cap=("    return len(times) < MAX_A_DAY - KEPT_FOR_CRITICAL and", "    return"),
)
ALERTS = _of(
    "agent/alerts/services.py",
    "tests/alerts/test_alerts.py",
    what_nobody_can_tell_stays=("if alert.kind not in unknown and _is_gone(", "if _is_gone("),
    one_judges_at_a_time=("SELECT pg_advisory_xact_lock(hashtext(%s), %s)", "SELECT hashtext(%s), %s"),
    one_company_stops_no_other=("and not connection.is_usable():", "and True:"),
    a_rate_that_wavers_is_one_alert=(
        "    return patience is None or now - alert.last_seen_at >= patience",
        "    return True",
    ),
)
WEBHOOKS = _of(
    "agent/alerts/webhook.py",
    "tests/alerts/test_webhook.py",
    webhook_stays_outside=("        if not is_public(address):", "        if False:"),
    webhook_needs_a_yes=("    if not 200 <= status < 300:", "    if False:"),
)
PROVIDER_EVENTS = [
    *_of(
        "engagement/mail/providers/webhooks.py",
        "tests/mail/test_provider_events.py",
        event_needs_a_secret=("    if not is_signing_secret(secret):", "    if False:"),
        event_needs_a_signature=("        view.run_validators(request)\n", ""),
    ),
    *_of(
        "engagement/mail/provider_events.py",
        "tests/mail/test_provider_events.py",
        event_counts_once=(
            "    if ProviderEvent.objects.filter(provider=told.provider, event_id=told.event_id).exists():",
            "    if False:",
        ),
        event_is_of_its_recipient=('        and details.get("to") == told.recipient\n', ""),
        event_is_of_its_message=("        and provider_id in (None, told.provider_id)\n", ""),
        late_word_makes_nothing_better=(
            "    if all(kind.gravity < ProviderEventKind.DELIVERED.gravity for kind in entry.before):",
            "    if True:",
        ),
    ),
]
SENDING_DOMAINS = [
    *_of(
        "engagement/mail/sending_domains.py",
        "tests/mail/test_sending_domain.py",
        domain_must_have_been_looked_at=(
            "    if last is None:\n        return f",
            '    if last is None:\n        return f"" and f',
        ),
        domain_must_be_in_order=("    if last.result == DomainResult.FAILED:", "    if False:"),
        domain_is_good_for_a_week=("    if last.checked_at <= now - GOOD_FOR:", "    if False:"),
    ),
    *_of(
        "agent/admin/tenants.py",
        "tests/mail/test_sending_domain.py",
        raising_asks_for_the_domain=(
            "        if self.is_raised and (objection := self._find_objection()):",
            "        if False and (objection := self._find_objection()):",
        ),
    ),
]
CONVERSATIONS = [
    *_of(
        "engagement/mail/conversations.py",
        "tests/mail/test_conversations.py",
        own_mail_is_not_answered=("    if message.standing == SenderStanding.OWN:", "    if False:"),
        machines_are_not_answered=('    machine = _MACHINES.get(Tier(message.tier), "")', '    machine = ""'),
        answers_under_way_count=(", *_answers_under_way(cards, now)):", ",):"),
    ),
    *_of(
        "engagement/mail/own_names.py",
        "tests/mail/test_conversations.py",
        names_of_ours_are_ours=("    return _card_of(letter) == slug and not is_ours", "    return False"),
    ),
]

MUTATIONS: tuple[Mutation, ...] = (
    *_rules(),
    *API,
    *DOCUMENTS,
    *EXTRACTION,
    *RULES,
    *WALL,
    *SCOPES,
    *LEASES,
    *LIMITS,
    *CLAIMS,
    *SWITCHES,
    *MOVES,
    *EVENTS,
    *ABANDONED,
    *EXECUTOR,
    *RECOVERY,
    *DOORS,
    *RECIPIENTS,
    *DEMOTION,
    *RAISING,
    *ALERTS,
    *NOTICES,
    *WEBHOOKS,
    *PROVIDER_EVENTS,
    *SENDING_DOMAINS,
    *CONVERSATIONS,
    *FIXES,
    *OVERRIDES,
    *CREDIT_AND_INDEPENDENCE,
)
