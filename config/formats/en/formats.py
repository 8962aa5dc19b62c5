"""Day before month, as letters have it, and a clock of 24 hours: Django's English is American."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
