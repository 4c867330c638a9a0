package main

import (
	"bufio"
	"context"
	"io"
	"time"
)

const defaultPause = 2 * time.Second

// runTwice calls, waits, and calls again: whatever happens to the session, the credential or the connection meanwhile,
// the second call has to cope with.
func runTwice(ctx context.Context, s *session) error {
	pause, err := s.settings.duration("pause", defaultPause)
	if err != nil {
		return err
	}
	version, err := s.apiVersion()
	if err != nil {
		return err
	}
	if err := s.call(ctx, version); err != nil {
		return err
	}
	pausing := true
	if err := s.announce(tally{Pause: &pausing}); err != nil {
		return err
	}
	if err := waitForLine(ctx, s.in, pause); err != nil {
		return err
	}
	if err := s.call(ctx, version); err != nil {
		return err
	}
	calls := 2
	say(s.err, "both calls answered")
	return s.check(tally{Calls: &calls})
}

// waitForLine returns at a line or the end of the input, or when the time is over. The reader that is left behind then
// ends with the process.
func waitForLine(ctx context.Context, in io.Reader, most time.Duration) error {
	line := make(chan struct{})
	go func() {
		defer close(line)
		_, _ = bufio.NewReader(in).ReadString('\n')
	}()
	timer := time.NewTimer(most)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-line:
	case <-timer.C:
	}
	return nil
}
