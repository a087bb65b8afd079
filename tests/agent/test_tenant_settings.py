"""The settings of a company's calendar: what each of them changes, and what is refused with one sentence."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from agent.admin.tenants import SETTINGS_HELP
from agent.tenant_settings import AgentSettings, InvalidAgentSettings

DENVER = ZoneInfo("America/Denver")
MONDAY_AT_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=DENVER)
DAY_AFTER_THANKSGIVING = date(2026, 11, 27)


def calendar(**stored):
    return AgentSettings.parse(stored).calendar(DENVER)


def test_without_settings_a_desk_works_from_nine_to_five_but_on_federal_holidays():
    desk = calendar()
    assert desk.is_open(MONDAY_AT_NOON.replace(hour=9)) and not desk.is_open(MONDAY_AT_NOON.replace(hour=17))
    assert not desk.is_business_day(date(2026, 11, 26))
    assert desk.is_business_day(DAY_AFTER_THANKSGIVING)


def test_business_hours_start_moves_the_opening():
    assert calendar(business_hours_start="12:30").next_opening(MONDAY_AT_NOON) == MONDAY_AT_NOON.replace(
        minute=30
    )


def test_business_hours_end_moves_the_closing():
    assert not calendar(business_hours_end="12:00").is_open(MONDAY_AT_NOON)


def test_holiday_country_names_whose_holidays_are_kept():
    assert calendar().is_open(MONDAY_AT_NOON)
    assert not calendar(holiday_country="jp").is_open(MONDAY_AT_NOON)


def test_holiday_subdivision_adds_its_own_holidays():
    assert calendar().is_business_day(DAY_AFTER_THANKSGIVING)
    assert not calendar(holiday_subdivision="ca").is_business_day(DAY_AFTER_THANKSGIVING)


def test_closed_dates_are_no_business_days():
    assert not calendar(closed_dates=["2026-11-23"]).is_open(MONDAY_AT_NOON)


@pytest.mark.parametrize(
    ("stored", "sentence"),
    [
        ({"business_hours_start": "nine"}, "a time such as 09:00"),
        ({"business_hours_start": 9}, "a time such as 09:00"),
        ({"business_hours_end": "17:00+02:00"}, "a time such as 09:00"),
        ({"business_hours_end": "08:00"}, "business_hours_end must be later"),
        ({"holiday_country": "Narnia"}, "holiday_country 'NARNIA' is not a country code"),
        ({"holiday_country": 1}, "holiday_country must be text"),
        ({"holiday_subdivision": "XX"}, "holiday_subdivision 'XX' is not known in 'US'"),
        ({"holiday_country": "", "holiday_subdivision": "CO"}, "is not known in ''"),
        ({"closed_dates": "2026-12-24"}, "a list of dates"),
        ({"closed_dates": ["24.12.2026"]}, "a list of dates"),
        ({"closed_dates": 3}, "a list of dates"),
    ],
)
def test_what_is_no_calendar_is_refused(stored, sentence):
    with pytest.raises(InvalidAgentSettings, match=sentence):
        AgentSettings.parse(stored)


def test_the_companys_form_names_every_setting_as_it_is_written():
    assert "business_hours_start (09:00)" in SETTINGS_HELP
    assert "holiday_country (US)" in SETTINGS_HELP
    assert "closed_dates ([])" in SETTINGS_HELP
    assert "holiday_subdivision (empty)" in SETTINGS_HELP
