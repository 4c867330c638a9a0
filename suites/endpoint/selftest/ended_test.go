package selftest_test

import (
	"context"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/endpoint"
)

// stuck is a target that ends the run when it is asked, and then keeps the request.
func stuck(t *testing.T, end func()) endpoint.Target {
	t.Helper()
	return target(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		end()
		<-r.Context().Done()
	}))
}

func TestTheCaseInFlightWhenTheRunEndsIsSkippedLikeTheRest(t *testing.T) {
	interrupt := func() {
		if self, err := os.FindProcess(os.Getpid()); err == nil {
			_ = self.Signal(os.Interrupt)
		}
	}
	for name, byCtrlC := range map[string]bool{"by its context": false, "by ctrl-C": true} {
		ctx, end := signal.NotifyContext(t.Context(), os.Interrupt)
		defer end()
		ending := end
		if byCtrlC {
			ending = interrupt
		}
		r, err := endpoint.Run(ctx, stuck(t, ending), endpoint.Options{Cases: ordinary})
		if r.Counts.Skip != 6 || r.Counts.Total != 6 || !r.Interrupted || err == nil {
			t.Errorf("ended %s: error %v, counts %+v, interrupted %v", name, err, r.Counts, r.Interrupted)
		}
		for _, got := range r.Results {
			if !strings.HasPrefix(got.Reason, "the run was ended") || got.Message != "" {
				t.Errorf("ended %s: %s has the reason %q, %s", name, got.Case, got.Reason, got.Message)
			}
		}
	}
}

func TestACaseThatCannotBeOpenedSinceTheRunEndsIsSkipped(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	ended := target(t, newHonest(t))
	ended.Open = func(within context.Context, _ fixtures.Case) (endpoint.Session, error) {
		cancel()
		<-within.Done()
		return nil, within.Err()
	}
	r, _ := endpoint.Run(ctx, ended, endpoint.Options{Cases: ordinary})
	if r.Counts.Skip != 6 || !r.Interrupted {
		t.Errorf("the counts are %+v, interrupted %v", r.Counts, r.Interrupted)
	}
}
