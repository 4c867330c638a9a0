package main

import (
	"context"
	"maps"
	"os"
	"slices"
	"sync"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf"
	"github.com/sfconform/sfconform/mocksf/token"
	"github.com/sfconform/sfconform/suites/endpoint"
)

// decisions is which checks of the token endpoint decided something in which cases.
type decisions struct {
	mu     sync.Mutex
	byCase map[fixtures.CaseID]map[string]bool
}

// watch makes the target note, as each case ends, which checks its org's journal names.
func (d *decisions) watch(t endpoint.Target) endpoint.Target {
	open := t.Open
	t.Open = func(ctx context.Context, c fixtures.Case) (endpoint.Session, error) {
		s, err := open(ctx, c)
		if err != nil {
			return nil, err
		}
		return &watched{s.(*fakeSession), d, c.ID}, nil
	}
	return t
}

type watched struct {
	*fakeSession
	d  *decisions
	id fixtures.CaseID
}

func (w *watched) Close() error {
	w.d.mu.Lock()
	defer w.d.mu.Unlock()
	if w.d.byCase[w.id] == nil {
		w.d.byCase[w.id] = map[string]bool{}
	}
	for _, org := range []*mocksf.Org{w.org, w.other} {
		if org == nil {
			continue
		}
		for _, e := range org.Journal().Entries(0, 0) {
			if e.Check != "" && e.Path == token.Path {
				w.d.byCase[w.id][e.Check] = true
			}
		}
	}
	return w.fakeSession.Close()
}

// TestLeavingOutACheckFailsExactlyItsOwnCases: no case passes for a reason other
// than the check it is about, and every check is pinned by a case. That all other
// cases still pass takes a run of the whole suite for each check: it is done where
// SFCONFORM_SLOW is set.
func TestLeavingOutACheckFailsExactlyItsOwnCases(t *testing.T) {
	t.Parallel()
	slow := os.Getenv("SFCONFORM_SLOW") != ""
	d := &decisions{byCase: map[fixtures.CaseID]map[string]bool{}}
	if failed := failing(t, d.watch(newFake().target("")), fixtures.Cases()); len(failed) > 0 {
		t.Fatalf("with all checks in place these cases fail: %v", failed)
	}
	for _, check := range token.CheckNames() {
		var own []fixtures.Case
		for _, c := range fixtures.Cases() {
			if d.byCase[c.ID][check] {
				own = append(own, c)
			}
		}
		if len(own) == 0 {
			t.Errorf("no case meets the check %q", check)
			continue
		}
		run := own
		if slow {
			run = fixtures.Cases()
		}
		f := newFake()
		f.skip = []string{check}
		got, want := failing(t, f.target(""), run), idsOf(own)
		if !slices.Equal(got, want) {
			t.Errorf("without the check %q\n these cases fail: %v\nand these should: %v", check, got, want)
		}
	}
}

func newFake() *fake {
	return &fake{behaviour: fixtures.Behaviour{Preset: fixtures.Observed}, orgs: map[string]fixtures.Org{}}
}

// failing are the ids of the cases that fail over plain HTTP, in order.
func failing(t *testing.T, target endpoint.Target, cases []fixtures.Case) []fixtures.CaseID {
	t.Helper()
	report, err := endpoint.Run(t.Context(), target, endpoint.Options{Cases: cases, LabelFilter: "door: containsAny plain", Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	failed := map[fixtures.CaseID]bool{}
	for _, r := range report.Results {
		if r.Verdict == endpoint.Fail || r.Verdict == endpoint.Error {
			failed[r.Case] = true
		}
	}
	return slices.Sorted(maps.Keys(failed))
}

func idsOf(cases []fixtures.Case) []fixtures.CaseID {
	ids := make([]fixtures.CaseID, len(cases))
	for i, c := range cases {
		ids[i] = c.ID
	}
	return slices.Sorted(slices.Values(ids))
}
