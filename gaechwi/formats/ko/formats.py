"""How Korean readers write a moment; Django's own puts 오전 and 오후 behind the time."""

DATETIME_FORMAT = "Y년 n월 j일 A g:i"
