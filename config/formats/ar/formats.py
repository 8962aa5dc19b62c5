"""Django's Arabic has a comma before the year and no form for a day with its time."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y، H:i"
