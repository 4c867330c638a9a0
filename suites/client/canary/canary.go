// Package canary keeps the secrets of a scenario, each a text that occurs nowhere
// else, and finds them wherever they turn up: raw, escaped, in base64, over several
// lines. So a leak is a string search, and a report can be freed of every one of them
// (facts: client-requirements.md section 0).
package canary

import (
	"bytes"
	"cmp"
	"slices"
	"sync"
)

// Set is the secrets of a scenario; the zero value is empty. All methods may be
// called concurrently.
type Set struct {
	mu      sync.RWMutex
	secrets []secret
	known   map[string]bool
	matcher matcher
}

// secret is the name of a value, and how long the value is.
type secret struct {
	name string
	size int
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
	if s.known[value] {
		return
	}
	if s.known == nil {
		s.known = map[string]bool{}
	}
	s.known[value] = true
	s.secrets = append(s.secrets, secret{name, len(value)})
	for _, f := range formsOf(value) {
		f.secret = len(s.secrets) - 1
		s.matcher.add(f)
	}
}

// Find is every secret in the text, each once: where it first stands, and in which
// form. The hits are in the order of the text.
func (s *Set) Find(text []byte) []Hit {
	first := map[int]match{}
	s.mu.RLock()
	defer s.mu.RUnlock()
	for m := range s.matches(text) {
		if f, found := first[m.form.secret]; !found || m.start < f.start {
			first[m.form.secret] = m
		}
	}
	hits := make([]Hit, 0, len(first))
	for at, m := range first {
		hits = append(hits, Hit{Secret: s.secrets[at].name, Encoding: m.form.encoding, Offset: m.start})
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(a.Offset, b.Offset), cmp.Compare(a.Secret, b.Secret))
	})
	line, at := 1, 0
	for i := range hits {
		line += bytes.Count(text[at:hits[i].Offset], []byte("\n"))
		at, hits[i].Line = hits[i].Offset, line
	}
	return hits
}

// Redact is the text with every secret replaced by its name in angle brackets.
// Secrets that overlap are replaced as one, by the name of the longest.
func (s *Set) Redact(text []byte) []byte {
	s.mu.RLock()
	defer s.mu.RUnlock()
	matches := slices.SortedFunc(s.matches(text), func(a, b match) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end))
	})
	if len(matches) == 0 {
		return text
	}
	var out []byte
	done := 0
	for i := 0; i < len(matches); {
		start, end, longest := matches[i].start, matches[i].end, matches[i].form.secret
		for ; i < len(matches) && matches[i].start < end; i++ {
			end = max(end, matches[i].end)
			if at := matches[i].form.secret; s.secrets[at].size > s.secrets[longest].size {
				longest = at
			}
		}
		out = append(append(out, text[done:start]...), "<"+s.secrets[longest].name+">"...)
		done = end
	}
	return append(out, text[done:]...)
}

// RedactString is Redact for a string.
func (s *Set) RedactString(text string) string { return string(s.Redact([]byte(text))) }

// Names are the secrets' names, each once, in alphabetical order.
func (s *Set) Names() []string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	names := make([]string, 0, len(s.secrets))
	for _, k := range s.secrets {
		names = append(names, k.name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}
