package guides_test

import (
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/guides"
)

func TestFollowingAGuideConnects(t *testing.T) {
	t.Parallel()
	for _, g := range fixtures.Guides() {
		t.Run(string(g.ID), func(t *testing.T) {
			t.Parallel()
			r, err := guides.Replay(t.Context(), g, guides.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if !r.Connected || r.Failure() != "" {
				t.Errorf("not connected: %s (after %v)", r.Failure(), r.Done)
			}
			if len(r.Done) != len(g.Steps) {
				t.Errorf("%d of %d steps were made", len(r.Done), len(g.Steps))
			}
		})
	}
}
