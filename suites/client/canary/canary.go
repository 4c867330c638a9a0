// Package canary keeps the secrets of a scenario, each a text that occurs nowhere
// else, and finds them wherever they turn up: raw, escaped, in base64. So a leak is
// a string search, and a report can be freed of every one of them
// (client-requirements.md section 0).
package canary

import (
	"bytes"
	"cmp"
	"slices"
	"sync"
)

// Set is the secrets of a scenario. All methods may be called concurrently.
type Set struct {
	mu      sync.RWMutex
	secrets []secret
}

// secret is one value with the forms in which it may turn up.
type secret struct {
	name, value string
	forms       []form
}

// Hit is a secret that was found.
type Hit struct {
	// Secret names it: "consumer secret". Encoding is the form: "base64".
	Secret, Encoding string
	// Offset is where it begins, in bytes; Line counts from 1.
	Offset, Line int
}

// shortest is the length below which a value is no secret: it would be found by chance.
const shortest = 8

// Add takes a secret. One that is too short to be told from chance, or known
// already, is left out.
func (s *Set) Add(name, value string) {
	if len(value) < shortest {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if slices.ContainsFunc(s.secrets, func(k secret) bool { return k.value == value }) {
		return
	}
	s.secrets = append(s.secrets, secret{name, value, formsOf(value)})
	// The longest first, so that a redacted part hides no longer whole.
	slices.SortStableFunc(s.secrets, func(a, b secret) int { return cmp.Compare(len(b.value), len(a.value)) })
}

// Find is every secret in the text, each in each of its forms once, by offset.
func (s *Set) Find(text []byte) []Hit {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var hits []Hit
	for _, k := range s.secrets {
		for _, f := range k.forms {
			if at := bytes.Index(text, f.text); at >= 0 {
				line := 1 + bytes.Count(text[:at], []byte("\n"))
				hits = append(hits, Hit{k.name, f.encoding, at, line})
				break
			}
		}
	}
	slices.SortFunc(hits, func(a, b Hit) int { return cmp.Compare(a.Offset, b.Offset) })
	return hits
}

// Redact is the text with every secret replaced by its name in angle brackets.
func (s *Set) Redact(text []byte) []byte {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, k := range s.secrets {
		for _, f := range k.forms {
			text = bytes.ReplaceAll(text, f.text, []byte("<"+k.name+">"))
		}
	}
	return text
}

// RedactString is Redact for a string.
func (s *Set) RedactString(text string) string { return string(s.Redact([]byte(text))) }

// Names are the secrets' names, each once, in alphabetical order.
func (s *Set) Names() []string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var names []string
	for _, k := range s.secrets {
		names = append(names, k.name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}
