package guides_test

import (
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/guides"
)

func TestEveryOmissionIsSeenAsDeclaredAndWorksAfterTheFix(t *testing.T) {
	t.Parallel()
	for _, g := range fixtures.Guides() {
		t.Run(string(g.ID), func(t *testing.T) {
			t.Parallel()
			for _, step := range g.Steps {
				for _, o := range step.Without {
					row, err := guides.Skip(t.Context(), g, step.ID, o.ID)
					if err != nil {
						t.Errorf("%s (%s): %v", step.ID, o.ID, err)
						continue
					}
					check(t, o, row)
				}
			}
		})
	}
}

func check(t *testing.T, o fixtures.Omission, row guides.Row) {
	t.Helper()
	if !row.Works {
		t.Errorf("%s (%s): does not work after the fix %q; seen %s", row.Step, o.ID, row.Fix, row.What())
	}
	var stop fixtures.Stop
	var says fixtures.DeployErrorID
	var sees fixtures.RefusalID
	if row.Stopped != nil {
		stop, says = row.Stopped.By, row.Stopped.Says
	}
	if row.Seen != nil {
		sees = row.Seen.Refusal
	}
	if stop != o.Stops || says != o.Says || sees != o.Sees {
		t.Errorf("%s (%s): stopped by %q with %q, refused as %q (%s); declared are %q, %q, %q", row.Step, o.ID, stop, says, sees, row.What(), o.Stops, o.Says, o.Sees)
	}
	if row.Seen == nil || sees == "" {
		return
	}
	want := fixtures.MustRefusal(sees).Answer
	if want.Format == fixtures.FormatOAuth && (row.Seen.Status != want.Status || row.Seen.Error != want.Error || row.Seen.Description != want.Description) {
		t.Errorf("%s (%s): the wire says %s, the catalogue %d %s %q", row.Step, o.ID, row.What(), want.Status, want.Error, want.Description)
	}
}
