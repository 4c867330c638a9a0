package main

import (
	"context"
	"fmt"
	"sync"
)

const (
	defaultBurst = 20
	maxBurst     = 1000
)

// runBurst makes its calls side by side from the first one on, so that they share one login or make too many.
func runBurst(ctx context.Context, s *session) error {
	n, err := count("burst's argument", s.argument, defaultBurst, 1, maxBurst)
	if err != nil {
		return err
	}
	version, err := s.apiVersion()
	if err != nil {
		return err
	}
	failures := make([]error, n)
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() { failures[i] = s.call(ctx, version) })
	}
	group.Wait()
	failed := failedCalls{made: n}
	for _, err := range failures {
		failed.add(err)
	}
	done := n - failed.failed
	say(s.err, "%d of %d calls answered", done, n)
	if err := s.check(tally{Calls: &done, Failed: &failed.failed}); err != nil {
		return err
	}
	return failed.err()
}

// failedCalls counts the failures among many calls and keeps the first.
type failedCalls struct {
	made, failed int
	first        error
}

func (f *failedCalls) add(err error) {
	if err == nil {
		return
	}
	if f.failed++; f.first == nil {
		f.first = err
	}
}

func (f *failedCalls) err() error {
	if f.failed == 0 {
		return nil
	}
	return fmt.Errorf("%d of %d calls failed, the first so: %w", f.failed, f.made, f.first)
}
