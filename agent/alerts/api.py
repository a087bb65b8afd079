"""Alerts as other programs read them, and say that somebody looks after one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from agent.alerts.models import Alert
from agent.alerts.services import AlertClosed, acknowledge_alert
from agent.rest.bodies import Body, Text
from agent.rest.filters import Filters
from agent.rest.views import ListResource, Resource, RowResource


class AlertDetail(serializers.ModelSerializer):
    """One warning: what, about what, how bad, since when, and who looks after it."""

    numbers = serializers.DictField()

    class Meta:
        model = Alert
        fields = (
            "id", "kind", "subject", "severity", "state", "sentence", "numbers", "first_seen_at", "last_seen_at",
            "acknowledged_at", "acknowledged_by", "acknowledged_why", "resolved_at",
        )  # fmt: skip


class AlertFilters(Filters):
    """By state, kind or severity."""

    class Meta:
        model = Alert
        fields = ("state", "kind", "severity")


class AcknowledgeBody(Body):
    """How it is looked after, where there is something to say."""

    reason = Text(max_length=500, required=False, allow_blank=True, default="")


class AlertAccess:
    """Alerts of the company, the newest first."""

    resource = "alerts"
    read_permission = "alerts.view_alert"
    write_permission = "alerts.change_alert"
    serializer_class = AlertDetail
    queryset = Alert.objects.all()
    refusals: ClassVar[Mapping[type[Exception], int]] = {AlertClosed: 409}


class AlertList(AlertAccess, ListResource):
    filterset_class = AlertFilters


class AlertRow(AlertAccess, RowResource):
    pass


class AcknowledgeAlert(AlertAccess, Resource):
    serializer_class = AcknowledgeBody

    @extend_schema(responses=AlertDetail)
    def post(self, request: Any, pk: int) -> Response:
        """Say that somebody looks after it: it reminds nobody any more, and is resolved when its cause is gone."""
        body = self.get_serializer(data=request.data)
        body.is_valid(raise_exception=True)
        alert = get_object_or_404(Alert.objects.all(), pk=pk)
        acknowledge_alert(alert=alert, actor=self.actor, now=timezone.now(), **body.validated_data)
        return Response(AlertDetail(Alert.objects.get(pk=pk)).data)
