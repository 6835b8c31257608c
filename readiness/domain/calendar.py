"""Calendar: England's working days. Bank holidays come from a table; years beyond it from the `holidays` library."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from readiness.domain.bank_holidays import ENGLAND, FIRST_YEAR, LAST_YEAR
from readiness.domain.errors import BadValue

ONE_DAY = timedelta(days=1)
BEYOND = "That date lies beyond the calendar. Write a year between 1900 and 2900."


@lru_cache(maxsize=256)
def _holidays_of(year: int) -> frozenset[date]:
    if FIRST_YEAR <= year <= LAST_YEAR:
        return frozenset(day for day in ENGLAND if day.year == year)
    import holidays  # 60 ms: only for years the table does not hold

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_bank_holiday(day: date) -> bool:
    """Whether a day is a bank holiday in England."""
    return day in _holidays_of(day.year)


def _moved(day: date, step: timedelta) -> date:
    try:
        return day + step
    except OverflowError:
        raise BadValue(BEYOND) from None


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Working days: Monday to Friday, without England's bank holidays and the council's own closures."""

    closures: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether people work on a day."""
        return day.weekday() < 5 and day not in self.closures and not is_bank_holiday(day)

    def why_off(self, day: date) -> str:
        """Return why nobody works on a day, in a word; "" on a working day."""
        if is_bank_holiday(day):
            return "bank holiday"
        if day.weekday() >= 5:
            return "weekend"
        return "council closed" if day in self.closures else ""

    def add(self, day: date, count: int) -> date:
        """Return the count-th working day after a day (before it, when negative); 0 gives the day itself."""
        step = ONE_DAY if count > 0 else -ONE_DAY
        for _ in range(abs(count)):
            day = _moved(day, step)
            while not self.is_working(day):
                day = _moved(day, step)
        return day

    def nth(self, start: date, number: int) -> date:
        """Return working day `number` from a start, which is day 1; a start on a day off counts from the next one."""
        return self.add(_moved(start, -ONE_DAY), number)

    def last_up_to(self, day: date) -> date:
        """Return the last working day that is not after a day."""
        return self.add(_moved(day, ONE_DAY), -1)

    def between(self, start: date, end: date) -> int:
        """Return how many working days lie after a start up to and with an end; negative when the end is earlier."""
        if end < start:
            return -self.between(end, start)
        weeks, rest = divmod((end - start).days, 7)
        count = weeks * 5 + sum((start + timedelta(days=number)).weekday() < 5 for number in range(1, rest + 1))
        off = self.closures.union(*(_holidays_of(year) for year in range(start.year, end.year + 1)))
        return count - sum(start < day <= end and day.weekday() < 5 for day in off)
