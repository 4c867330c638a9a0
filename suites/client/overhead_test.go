package client_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client"
	"github.com/sfconform/sfconform/suites/client/drive"
)

// BenchmarkScenarioOverhead measures what the harness adds to a scenario beyond the
// client's own time.
func BenchmarkScenarioOverhead(b *testing.B) {
	var own atomic.Int64
	timed := func(ctx context.Context, env drive.Env) error {
		began := time.Now()
		defer func() { own.Add(int64(time.Since(began))) }()
		return oneLogin(ctx, env)
	}
	var all time.Duration
	scenarios := 0
	for b.Loop() {
		report, err := client.Run(b.Context(), client.Options{
			Driver: drive.NewFunc(timed, drive.FuncOptions{}), Mode: "go", Parallel: 1,
			Flows: []fixtures.Flow{fixtures.ClientCredentials}, Scenarios: plain,
		})
		if err != nil {
			b.Fatal(err)
		}
		for _, s := range report.Scenarios {
			all += s.Took.Duration()
			scenarios++
		}
	}
	added := all - time.Duration(own.Load())
	b.ReportMetric(float64(added.Microseconds())/1000/float64(scenarios), "ms/scenario")
}

// plain are scenarios that ask nothing of the clock.
var plain = []string{"happy-path", "session-ends-between-pages", "secret-refused", "consumer-key-unknown", "no-run-as-user", "address-not-allowed"}
