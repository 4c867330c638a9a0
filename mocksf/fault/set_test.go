package fault_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/fault"
)

var start = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

const tokenPath = "/services/oauth2/token"

// asked is a token request at the org's own host.
var asked = fault.Asked{
	Method: "POST", Path: tokenPath, Grant: fixtures.GrantJWTBearer,
	Host: exchange.Host{Role: exchange.MyDomain, Name: "acme.my.salesforce.com"},
}

func arm(t *testing.T, s *fault.Set, faults ...fault.Fault) {
	t.Helper()
	for _, f := range faults {
		if err := s.Arm(f); err != nil {
			t.Fatal(err)
		}
	}
}

// met sends requests, a second apart, and says which fault each one meets.
func met(s *fault.Set, requests int) string {
	var names []string
	for i := range requests {
		name := "-"
		if f := s.Next(start.Add(time.Duration(i)*time.Second), asked); f != nil {
			name = f.Name
		}
		names = append(names, name)
	}
	return strings.Join(names, " ")
}

func TestFaultsFireByCountOrTime(t *testing.T) {
	t.Parallel()
	later := start.Add(3 * time.Second)
	for name, tt := range map[string]struct {
		faults []fault.Fault
		want   string
	}{
		"none":                 {nil, "- - - - - -"},
		"first":                {[]fault.Fault{{Name: "a", Kind: fault.Reset, First: 2}}, "a a - - - -"},
		"every":                {[]fault.Fault{{Name: "a", Kind: fault.Reset, Every: 3}}, "- - a - - a"},
		"until":                {[]fault.Fault{{Name: "a", Kind: fault.Reset, Until: later}}, "a a a - - -"},
		"every until":          {[]fault.Fault{{Name: "a", Kind: fault.Reset, Every: 2, Until: later}}, "- a - - - -"},
		"first until":          {[]fault.Fault{{Name: "a", Kind: fault.Reset, First: 5, Until: later}}, "a a a - - -"},
		"skip first":           {[]fault.Fault{{Name: "a", Kind: fault.Reset, Skip: 2, First: 2}}, "- - a a - -"},
		"skip every":           {[]fault.Fault{{Name: "a", Kind: fault.Reset, Skip: 1, Every: 2}}, "- - a - a -"},
		"skip until":           {[]fault.Fault{{Name: "a", Kind: fault.Reset, Skip: 1, Until: later}}, "- a a - - -"},
		"one after the other":  {[]fault.Fault{{Name: "a", Kind: fault.Reset, First: 1}, {Name: "b", Kind: fault.HTML, First: 2}}, "a b b - - -"},
		"one beside the other": {[]fault.Fault{{Name: "a", Kind: fault.Reset, Every: 2}, {Name: "b", Kind: fault.HTML, Every: 2}}, "- a b a - a"},
		"another path":         {[]fault.Fault{{Name: "a", Kind: fault.Reset, First: 1, Match: fault.Match{Path: "/services/data"}}}, "- - - - - -"},
		"another grant":        {[]fault.Fault{{Name: "a", Kind: fault.Reset, First: 1, Match: fault.Match{Grant: fixtures.GrantPassword}}}, "- - - - - -"},
		"this path and grant":  {[]fault.Fault{{Name: "a", Kind: fault.Reset, First: 1, Match: fault.Match{Path: "/services", Grant: fixtures.GrantJWTBearer}}}, "a - - - - -"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := fault.NewSet()
			arm(t, s, tt.faults...)
			if got := met(s, 6); got != tt.want {
				t.Errorf("six requests met %q, want %q", got, tt.want)
			}
		})
	}
}

func TestArmedSaysWhatCameOfEachFault(t *testing.T) {
	t.Parallel()
	s := fault.NewSet()
	arm(t, s, fault.Fault{Name: "once", Kind: fault.Reset, First: 1}, fault.Fault{Name: "rare", Kind: fault.Reset, Every: 9})
	met(s, 4)
	got := ""
	for _, st := range s.Armed() {
		got += fmt.Sprintf("%s saw %d fired %d over %v; ", st.Fault.Name, st.Seen, st.Fired, st.Over)
	}
	if want := "once saw 1 fired 1 over true; rare saw 3 fired 0 over false; "; got != want {
		t.Errorf("Armed: %s, want %s", got, want)
	}
	if never := s.NeverFired(); len(never) != 1 || never[0].Fault.Name != "rare" {
		t.Errorf("NeverFired() = %+v", never)
	}
}

func TestASetWaitsAsLongAsAFaultMayFire(t *testing.T) {
	t.Parallel()
	s := fault.NewSet()
	if s.Waiting() {
		t.Error("an empty set waits")
	}
	arm(t, s, fault.Fault{Name: "once", Kind: fault.Reset, First: 1}, fault.Fault{Name: "rare", Kind: fault.Reset, Every: 9})
	met(s, 2)
	if !s.Waiting() {
		t.Error("a set does not wait for a fault that may fire")
	}
	if err := s.Disarm("rare"); err != nil {
		t.Fatal(err)
	}
	if s.Waiting() {
		t.Error("a set waits for a fault that is over")
	}
}

func TestDisarmTakesAFaultAway(t *testing.T) {
	t.Parallel()
	s := fault.NewSet()
	arm(t, s, fault.Fault{Name: "slow-token", Kind: fault.Slow, Delay: fixtures.Duration(time.Second), Every: 1})
	err := s.Disarm("slow-tokens")
	if err == nil || !strings.Contains(err.Error(), `did you mean "slow-token"?`) {
		t.Errorf("Disarm of an unknown name: %v", err)
	}
	if err := s.Disarm("slow-token"); err != nil {
		t.Error(err)
	}
	if got := met(s, 2); got != "- -" || len(s.Armed()) != 0 {
		t.Errorf("after Disarm, requests met %q", got)
	}
	if err := s.Disarm("slow-token"); err == nil || strings.Contains(err.Error(), "mean") {
		t.Errorf("Disarm of nothing: %v", err)
	}
}

func TestArmRefusesANameThatIsTakenAndTooManyFaults(t *testing.T) {
	t.Parallel()
	s := fault.NewSet()
	f := fault.Fault{Kind: fault.Reset, First: 1}
	for i := range 100 {
		f.Name = fmt.Sprint("f", i)
		arm(t, s, f)
	}
	for name, word := range map[string]string{"f7": "armed already", "f100": "100 faults"} {
		f.Name = name
		if err := s.Arm(f); err == nil || !strings.Contains(err.Error(), word) {
			t.Errorf("Arm(%q) = %v, want an error with %q", name, err, word)
		}
	}
}

func TestEachCountGoesToOneRequest(t *testing.T) {
	t.Parallel()
	s := fault.NewSet()
	arm(t, s, fault.Fault{Name: "a", Kind: fault.Reset, First: 100}, fault.Fault{Name: "b", Kind: fault.Reset, Every: 4})
	var mu sync.Mutex
	var wg sync.WaitGroup
	var all []string
	for range 4 {
		wg.Go(func() {
			names := strings.Fields(met(s, 100))
			mu.Lock()
			defer mu.Unlock()
			all = append(all, names...)
		})
	}
	wg.Wait()
	slices.Sort(all)
	count := func(name string) int {
		return len(slices.DeleteFunc(slices.Clone(all), func(n string) bool { return n != name }))
	}
	if count("a") != 100 || count("b") != 75 || count("-") != 225 {
		t.Errorf("400 requests met a %d times, b %d times, none %d times", count("a"), count("b"), count("-"))
	}
}

func BenchmarkNext(b *testing.B) {
	s := fault.NewSet()
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			s.Next(start, asked)
		}
	})
}
