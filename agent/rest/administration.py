"""The specification's addresses of administration: the kill switch and the state of the agent, and its health."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.response import Response

from agent.models import Switch, Tenant
from agent.rest.bodies import Body, Flag, Text
from agent.rest.health import describe_health, describe_state
from agent.rest.tokens import TokenUse
from agent.rest.views import TenantView
from agent.services import ReasonMissing, set_system_switch, set_tenant_switch
from agent.switches import Stopped, ensure_running
from agent.tasks import run_tenant_cycle


class StopDetail(serializers.Serializer):
    """Why nothing may run."""

    reason = serializers.CharField()
    detail = serializers.CharField()


class SwitchDetail(serializers.Serializer):
    """Each switch by itself: true where it lets work go on."""

    environment = serializers.BooleanField()
    all_companies = serializers.BooleanField()
    company = serializers.BooleanField()
    mail_of_all_companies = serializers.BooleanField()
    mail_of_company = serializers.BooleanField()


class ChangeDetail(serializers.Serializer):
    """One flip of a switch."""

    reach = serializers.ChoiceField(choices=["company", "all"])
    switch = serializers.ChoiceField(choices=Switch.values)
    is_on = serializers.BooleanField()
    by = serializers.CharField()
    reason = serializers.CharField()
    at = serializers.DateTimeField()


class StateDetail(serializers.Serializer):
    """Whether the agent may work, how far its messages travel, and who said so."""

    tenant = serializers.CharField()
    may_work = serializers.BooleanField()
    stop = StopDetail(allow_null=True)
    may_mail = serializers.BooleanField()
    mail_stop = serializers.CharField()
    send_mode = serializers.CharField(
        allow_null=True, help_text="Null where the company's settings are not understood."
    )
    switches = SwitchDetail()
    changes = ChangeDetail(many=True)


class AlertLine(serializers.Serializer):
    """One open alert."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    severity = serializers.CharField()
    state = serializers.CharField()
    sentence = serializers.CharField()
    first_seen_at = serializers.DateTimeField()


class LastCycle(serializers.Serializer):
    """The newest cycle that completed."""

    id = serializers.IntegerField()
    cycle_number = serializers.IntegerField(allow_null=True)
    finished_at = serializers.DateTimeField()
    age_seconds = serializers.FloatField()


class HealthDetail(serializers.Serializer):
    """How the agent is doing."""

    status = serializers.ChoiceField(choices=["ok", "warning", "critical", "stopped"])
    at = serializers.DateTimeField()
    state = StateDetail()
    alerts = AlertLine(many=True)
    last_cycle = LastCycle(allow_null=True)
    runs_of_last_24_hours = serializers.DictField(child=serializers.IntegerField())
    open_cards = serializers.DictField(child=serializers.IntegerField())
    processes = serializers.DictField(
        child=serializers.DateTimeField(), help_text="When each last showed that it lives."
    )
    metrics = serializers.DictField(
        child=serializers.FloatField(), help_text="By the specification's names, since ever."
    )


class AdministrationBody(Body):
    """What is to be done with the agent."""

    action = serializers.ChoiceField(choices=["stop", "resume", "run"])
    switch = serializers.ChoiceField(
        choices=Switch.values, default=Switch.AGENT.value, help_text="All work, or mail alone."
    )
    reach = serializers.ChoiceField(
        choices=["company", "all"],
        default="company",
        help_text="`all` is for people, not for tokens of one company.",
    )
    reason = Text(
        max_length=500, required=False, help_text="Kept with the change; needed to stop and to resume."
    )
    is_confirmed = Flag(default=False, help_text="A second yes, needed to resume.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A flip needs its reason, and resuming a second yes."""
        if attrs["action"] != "run" and not attrs.get("reason"):
            raise ValidationError({"reason": ["Say why; the reason is kept with the change."]})
        if attrs["action"] == "resume" and not attrs["is_confirmed"]:
            raise ValidationError({"is_confirmed": ["Send true: resuming starts work that reaches people."]})
        return attrs


class Administration(TenantView):
    """The kill switch of the company's agent."""

    resource = "agent"
    read_permission = "agent.view_systemconfig"
    write_permission = "agent.change_systemconfig"
    refusals: ClassVar[Mapping[type[Exception], int]] = {ReasonMissing: 400, Stopped: 409}

    @extend_schema(responses=StateDetail)
    def get(self, request: Any) -> Response:
        """Whether the agent may work, by which switches, and who flipped them last."""
        return Response(StateDetail(describe_state(tenant=self.tenant)).data)

    @extend_schema(
        request=AdministrationBody,
        responses={
            200: StateDetail,
            202: OpenApiResponse(StateDetail, "A cycle was rung for; a worker begins it."),
        },
    )
    def post(self, request: Any) -> Response:
        """Stop or resume all work or mail alone, or ring for a cycle beside the schedule."""
        body = AdministrationBody(data=request.data)
        body.is_valid(raise_exception=True)
        wanted = body.validated_data
        if wanted["action"] == "run":
            ensure_running(self.tenant.pk)
            run_tenant_cycle.delay_on_commit(self.tenant.pk, is_scheduled=False)
        else:
            self._flip(wanted)
        tenant = Tenant.objects.get(pk=self.tenant.pk)
        return Response(
            StateDetail(describe_state(tenant=tenant)).data, status=202 if wanted["action"] == "run" else 200
        )

    def _flip(self, wanted: Mapping[str, Any]) -> None:
        said = {
            "is_enabled": wanted["action"] == "resume",
            "switch": Switch(wanted["switch"]),
            "actor": self.actor,
            "reason": wanted["reason"],
            "now": timezone.now(),
        }
        if wanted["reach"] == "all":
            if isinstance(self.request.auth, TokenUse):
                raise PermissionDenied("A token of one company cannot flip the switch of all of them.")
            set_system_switch(**said)
        else:
            set_tenant_switch(tenant=self.tenant, **said)


class AgentHealth(TenantView):
    """How the company's agent is doing."""

    resource = "agent"
    read_permission = "agent.view_run"

    @extend_schema(responses=HealthDetail)
    def get(self, request: Any) -> Response:
        """The state, open alerts, the last cycles, and the specification's metrics."""
        return Response(HealthDetail(describe_health(tenant=self.tenant, now=timezone.now())).data)
