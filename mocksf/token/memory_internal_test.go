package token

import (
	"strconv"
	"testing"
	"time"
)

// These tests look inside: what is remembered between requests has no door of its own.

func TestTheLoginRateCountsTheLastHour(t *testing.T) {
	t.Parallel()
	l, now := newLogins(), time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)
	for i := range 3 {
		if !l.count("u", now.Add(time.Duration(i)*10*time.Minute), 3) {
			t.Fatalf("login %d of 3 is refused", i+1)
		}
	}
	steps := []struct {
		after time.Duration
		user  string
		want  bool
	}{
		{25 * time.Minute, "u", false},
		{25 * time.Minute, "other", true},
		{59 * time.Minute, "u", false},
		{60 * time.Minute, "u", true},
		{61 * time.Minute, "u", false},
		{70 * time.Minute, "u", true},
		{5 * time.Hour, "u", true},
	}
	for _, s := range steps {
		if got := l.count(s.user, now.Add(s.after), 3); got != s.want {
			t.Errorf("%s after %v: %v, want %v", s.user, s.after, got, s.want)
		}
	}
	for range 10000 {
		if !l.count("u", now, 0) {
			t.Fatal("a limit of 0 is a limit")
		}
	}
}

func TestAJTIIsFirstOnceUntilItsAssertionHasExpired(t *testing.T) {
	t.Parallel()
	r, now := newReplays(), time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)
	till := now.Add(6 * time.Minute)
	steps := []struct {
		issuer, jti string
		at          time.Duration
		want        bool
	}{
		{"app", "1", 0, true},
		{"app", "1", time.Minute, false},
		{"other", "1", time.Minute, true},
		{"app", "2", time.Minute, true},
		{"app", "", 0, true},
		{"app", "", 0, true},
		{"app", "1", 7 * time.Minute, true},
	}
	for _, s := range steps {
		if got := r.first(s.issuer, s.jti, now.Add(s.at), till); got != s.want {
			t.Errorf("%s %q after %v: %v, want %v", s.issuer, s.jti, s.at, got, s.want)
		}
	}
}

func TestTheMemoryOfJTIsIsBounded(t *testing.T) {
	t.Parallel()
	r, now := newReplays(), time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)
	for i := range maxRemembered + 1000 {
		r.first("app", strconv.Itoa(i), now, now.Add(time.Hour))
	}
	if len(r.till) > maxRemembered {
		t.Errorf("%d remembered, want at most %d", len(r.till), maxRemembered)
	}
	for i := range 3 * forgetFrom {
		r.first("app", "later"+strconv.Itoa(i), now.Add(2*time.Hour), now.Add(3*time.Hour))
	}
	if len(r.till) > 4*forgetFrom {
		t.Errorf("%d remembered although nearly all have expired", len(r.till))
	}
}
