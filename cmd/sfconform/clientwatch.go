package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client"
	"github.com/sfconform/sfconform/suites/client/report"
)

// watchUntil stays up beside a test environment until Ctrl-C.
func (p *plan) watchUntil(ctx context.Context, w world) (*report.Report, error) {
	var mu sync.Mutex
	return client.Watch(ctx, client.WatchOptions{
		Options: p.options,
		Show: func(flow fixtures.Flow, settings map[string]string) error {
			mu.Lock()
			defer mu.Unlock()
			_, err := fmt.Fprint(w.stderr, toConfigure(flow, settings))
			return err
		},
		Status: func(requests int) {
			mu.Lock()
			defer mu.Unlock()
			_, _ = fmt.Fprintf(w.stderr, "%s  %d requests so far\n", w.now().Format("15:04:05"), requests)
		},
	})
}

// toConfigure are the settings of a flow for a person or a shell. The secrets are those
// of a fake org that ends with this program.
func toConfigure(flow fixtures.Flow, settings map[string]string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s: give the client this, let it work, and press Ctrl-C for the report\n", flow)
	for _, name := range slices.Sorted(maps.Keys(settings)) {
		if strings.HasPrefix(name, "SF_") {
			fmt.Fprintf(&b, "%s=%s\n", name, settings[name])
		}
	}
	b.WriteString("\n")
	return b.String()
}
