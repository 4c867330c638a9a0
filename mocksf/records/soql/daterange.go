package soql

import (
	"strconv"
	"strings"
	"time"
)

// maxDays is the largest N of LAST_N_DAYS and its like that still names a date.
const maxDays = 100_000

// dateRange is the range that a date literal names; nil if the word is none. Days
// begin at midnight UTC.
func dateRange(upper string) func(now time.Time) (from, to time.Time) {
	if unit, ok := strings.CutPrefix(upper, "THIS_"); ok {
		return calendarRange(unit, 0)
	}
	name, count, counted := strings.Cut(upper, ":")
	if counted {
		n, err := strconv.Atoi(count)
		if err != nil || n < 0 || n > maxDays {
			return nil
		}
		return countedRange(name, n)
	}
	switch name {
	case "TODAY":
		return days(0, 1)
	case "YESTERDAY":
		return days(-1, 0)
	case "TOMORROW":
		return days(1, 2)
	}
	if unit, ok := strings.CutPrefix(name, "LAST_"); ok {
		return calendarRange(unit, -1)
	}
	if unit, ok := strings.CutPrefix(name, "NEXT_"); ok {
		return calendarRange(unit, 1)
	}
	return nil
}

// countedRange is LAST_N_DAYS, which includes today, or NEXT_N_DAYS, which does not.
func countedRange(name string, n int) func(time.Time) (from, to time.Time) {
	switch name {
	case "LAST_N_DAYS":
		return days(-n, 1)
	case "NEXT_N_DAYS":
		return days(1, n+1)
	}
	return nil
}

func calendarRange(unit string, shift int) func(time.Time) (from, to time.Time) {
	switch unit {
	case "MONTH":
		return func(now time.Time) (from, to time.Time) {
			first := midnight(now).AddDate(0, 0, 1-now.UTC().Day())
			return first.AddDate(0, shift, 0), first.AddDate(0, shift+1, 0)
		}
	case "YEAR":
		return func(now time.Time) (from, to time.Time) {
			first := time.Date(now.UTC().Year()+shift, 1, 1, 0, 0, 0, 0, time.UTC)
			return first, first.AddDate(1, 0, 0)
		}
	}
	return nil
}

func days(from, to int) func(time.Time) (from, to time.Time) {
	return func(now time.Time) (time.Time, time.Time) {
		today := midnight(now)
		return today.AddDate(0, 0, from), today.AddDate(0, 0, to)
	}
}

func midnight(at time.Time) time.Time { return at.UTC().Truncate(24 * time.Hour) }
