package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// reachTimeout is how long the first answer of a target may take.
const reachTimeout = 10 * time.Second

// errNotBegun says that the run was ended, by ctrl-C say, before its first case.
var errNotBegun = errors.New("the run was ended before it began")

// reach asks for something harmless before the run, the list of API versions, which
// takes no credentials: that nothing is there is then one line, and not the failure
// of every case. Any answer will do. The setting is where the address comes from.
func reach(ctx context.Context, setting string, at *url.URL, fix string) error {
	within, cancel := context.WithTimeout(ctx, reachTimeout)
	defer cancel()
	r, err := http.NewRequestWithContext(within, http.MethodGet, at.String()+"/services/data", http.NoBody)
	if err != nil {
		return usageError("%s: %w", setting, err)
	}
	way := transport()
	defer way.CloseIdleConnections()
	resp, err := way.RoundTrip(r)
	if err != nil {
		return unreachable(ctx, setting, at, err, fix)
	}
	_ = resp.Body.Close()
	return nil
}

func reachTarget(ctx context.Context, at *url.URL) error {
	return reach(ctx, "--target", at, startAt("mocksf --addr", at)+", or correct --target")
}

func unreachable(ctx context.Context, setting string, at *url.URL, err error, fix string) error {
	switch {
	case ctx.Err() != nil:
		return harnessError(errNotBegun)
	case errors.Is(err, context.DeadlineExceeded):
		err = fmt.Errorf("no answer within %s", reachTimeout)
	}
	return harnessError(fmt.Errorf("%s: nothing answers at %s (%w): %s", setting, at, err, fix))
}

// startAt says how to get an answer from the address: on this machine by starting a mocksf there.
func startAt(command string, at *url.URL) string {
	if loopback(at) && at.Scheme == "http" && at.Port() != "" {
		return fmt.Sprintf("start it with %s %s", command, at.Host)
	}
	return "see that it runs and that this machine reaches it"
}
