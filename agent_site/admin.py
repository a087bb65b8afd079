"""The console's page of the schedule: beat's own, saying which entries follow the code.

Tables of the domains are registered by their own apps.
"""

from django.contrib import admin
from django_celery_beat.admin import PeriodicTaskAdmin
from django_celery_beat.models import (
    ClockedSchedule,
    CrontabSchedule,
    IntervalSchedule,
    PeriodicTask,
    SolarSchedule,
)
from unfold.admin import ModelAdmin

from agent_site.schedule import is_as_in_code

admin.site.unregister([PeriodicTask, ClockedSchedule, CrontabSchedule, IntervalSchedule, SolarSchedule])


@admin.register(PeriodicTask)
class ScheduleAdmin(PeriodicTaskAdmin, ModelAdmin):
    """What beat rings, when it last did, and whether an operator's change is in force."""

    list_display = ["name", "enabled", "crontab", "in_force", "last_run_at"]
    list_select_related = ["crontab"]

    @admin.display(description="In force")
    def in_force(self, row: PeriodicTask) -> str:
        """Whose entry beat follows for this row."""
        return "the code's entry" if is_as_in_code(row) else "an operator's change"


@admin.register(CrontabSchedule)
class CrontabAdmin(ModelAdmin):
    """The times of day that rows of the schedule refer to."""

    list_display = ["__str__"]
