"""How Korean readers write a moment, and résumés a month and a day.

Django's own put 오전 and 오후 behind the time.
"""

DATETIME_FORMAT = "Y년 n월 j일 A g:i"
YEAR_MONTH_FORMAT = "Y.m"
SHORT_DATE_FORMAT = "Y.m.d"
