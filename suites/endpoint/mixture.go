package endpoint

import (
	"net/http"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
)

// mixture is what a repeated request showed: each wanted outcome at least once, and no other.
type mixture struct {
	want []string
	got  map[string]bool
}

func newMixture(w fixtures.Want) *mixture {
	return &mixture{want: w.Mixed, got: map[string]bool{}}
}

// add names the outcome: by the journal if there is one, since several refusals share one text.
func (m *mixture) add(a answer, d Decision) {
	m.got[m.name(a, d)] = true
}

func (m *mixture) name(a answer, d Decision) string {
	if a.status == http.StatusOK {
		return fixtures.Success
	}
	if d.Refusal != "" {
		return string(d.Refusal)
	}
	for _, id := range m.want {
		r, err := fixtures.RefusalByID(fixtures.RefusalID(id))
		if err == nil && r.Answer.Status == a.status && r.Answer.Matches(a.body) {
			return id
		}
	}
	return a.summary()
}

func (m *mixture) expected() string {
	return strings.Join(slices.Sorted(slices.Values(m.want)), " and ")
}

func (m *mixture) seen() string {
	names := make([]string, 0, len(m.got))
	for name := range m.got {
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, " and ")
}
