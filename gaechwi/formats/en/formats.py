"""How English readers of résumés write a month and a day."""

YEAR_MONTH_FORMAT = "M Y"
SHORT_DATE_FORMAT = "M j, Y"
