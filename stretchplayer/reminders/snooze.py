"""How long a reminder can be put off."""

from typing import Final

SHORTEST_SNOOZE_MIN: Final = 1
USUAL_SNOOZE_MIN: Final = 10
LONGEST_SNOOZE_MIN: Final = 12 * 60
SNOOZE_CHOICES_MIN: Final = (5, USUAL_SNOOZE_MIN, 30, 60)
