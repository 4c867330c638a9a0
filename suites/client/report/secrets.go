package report

import (
	"fmt"
	"slices"
	"strings"
)

// usualLimits are true of every search for known texts.
const usualLimits = "The search knows only the secrets of this run, and only in the encodings named: " +
	"what was encrypted, hashed, compressed, cut in pieces or kept in memory it cannot see."

// summary is what was searched, in a sentence.
func (s Search) summary() string {
	if s.Bytes == 0 {
		return "Nothing was searched."
	}
	found := "none found"
	if len(s.Found) > 0 {
		found = number(len(s.Found), "place found", "places found")
	}
	return fmt.Sprintf("Searched %s for %s in %s: %s.", size(s.Bytes), number(len(s.Names), "kind of secret", "kinds of secrets"),
		number(len(s.Encodings), "encoding", "encodings"), found)
}

func size(bytes int64) string {
	switch {
	case bytes >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(bytes)/(1<<20))
	case bytes >= 1<<10:
		return fmt.Sprintf("%.1f KiB", float64(bytes)/(1<<10))
	}
	return number(int(bytes), "byte", "bytes")
}

// trail is a secret in the same place of one scenario or many: a client that logs its
// secret does so each time, and that is one thing to mend.
type trail struct {
	Leak
	where []string
}

// trails are the places where secrets were found, each with its scenarios. The line is
// told where it is the same in all.
func (s Search) trails() []trail {
	var all []trail
	for _, l := range s.Found {
		at := slices.IndexFunc(all, func(t trail) bool {
			return t.Secret == l.Secret && t.Encoding == l.Encoding && t.Place == l.Place
		})
		if at < 0 {
			at = len(all)
			all = append(all, trail{Leak: l})
		}
		t := &all[at]
		if t.Line != l.Line {
			t.Line = 0
		}
		if where := place(l.Scenario, l.Flow); !slices.Contains(t.where, where) {
			t.where = append(t.where, where)
		}
	}
	return all
}

// fewPlaces is how many scenarios of a trail are named.
const fewPlaces = 3

// String is the trail in words.
func (t trail) String() string {
	at := t.Place
	if t.Line > 0 {
		at += fmt.Sprintf(", line %d", t.Line)
	}
	named := t.where[:min(fewPlaces, len(t.where))]
	where := strings.Join(named, "; ")
	if n := len(t.where) - len(named); n > 0 {
		where += "; and " + number(n, "scenario more", "scenarios more")
	}
	return fmt.Sprintf("%s, %s, in %s (%s)", t.Secret, t.Encoding, at, where)
}

// limits are those of this search and of every search.
func (s Search) limits() []string { return append([]string{usualLimits}, s.Limits...) }

func (p *page) secrets(r *Report) {
	p.heading("Secrets")
	p.item("  ", r.Secrets.summary())
	for _, t := range r.Secrets.trails() {
		p.item("  - ", t.String())
	}
	if p.Verbose {
		p.field("Searched for", strings.Join(r.Secrets.Names, ", "))
		p.field("Encodings", strings.Join(r.Secrets.Encodings, ", "))
	}
	for _, l := range r.Secrets.limits() {
		p.item("  ", l)
	}
}
