"""Dates and times in English: the zone is always said, because tenants live in several."""

DATE_FORMAT = "M j, Y"
DATETIME_FORMAT = "M j, Y, H:i T"
