package main

import (
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/reproduce"
)

func TestEveryCaseAndIncidentShowsItsErrorAndWorksAfterItsChange(t *testing.T) {
	t.Parallel()
	plans, err := reproduce.All()
	if err != nil {
		t.Fatal(err)
	}
	proofs, err := reproduce.Verify(t.Context(), fakeTarget(fixtures.Behaviour{Preset: fixtures.Observed}, ""), plans...)
	if err != nil {
		t.Fatal(err)
	}
	if len(proofs) != len(plans) {
		t.Fatalf("%d proofs of %d plans", len(proofs), len(plans))
	}
	for _, p := range proofs {
		if !p.OK() {
			t.Errorf("%s: shows %t, works %t after %q: %s", p.ID, p.Shows, p.Works, p.Cure.Text, p.Problem)
		}
	}
}
