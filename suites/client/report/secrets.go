package report

import (
	"fmt"
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

// String is the place in words.
func (l Leak) String() string {
	at := l.Place
	if l.Line > 0 {
		at += fmt.Sprintf(", line %d", l.Line)
	}
	return fmt.Sprintf("%s, %s, in %s (%s)", l.Secret, l.Encoding, at, place(l.Scenario, l.Flow))
}

// limits are those of this search and of every search.
func (s Search) limits() []string { return append([]string{usualLimits}, s.Limits...) }

func (p *page) secrets(r *Report) {
	p.heading("Secrets")
	p.item("  ", r.Secrets.summary())
	for _, l := range r.Secrets.Found {
		p.item("  - ", l.String())
	}
	if p.Verbose {
		p.field("Searched for", strings.Join(r.Secrets.Names, ", "))
		p.field("Encodings", strings.Join(r.Secrets.Encodings, ", "))
	}
	for _, l := range r.Secrets.limits() {
		p.item("  ", l)
	}
}
