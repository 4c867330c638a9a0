package guides

import (
	"context"
	"errors"
	"fmt"

	"github.com/sfconform/sfconform/fixtures"
)

// Options choose how a guide is followed. The zero value follows it to the letter.
type Options struct {
	// Skip is the id of a step that is left out or got wrong.
	Skip string
	// Omission is which of the step's omissions it is; empty means the first.
	Omission string
}

// Seen is what the product saw at one of its calls.
type Seen struct {
	Call fixtures.GuideCall `json:"call"`
	// OK says that the call gave the product what it wanted.
	OK bool `json:"ok"`
	// Status, Error and Description are from the wire; Status 0 means that no answer came.
	Status      int    `json:"status,omitempty"`
	Error       string `json:"error,omitempty"`
	Description string `json:"description,omitempty"`
	// Refusal is the entry of the catalogue that the fake decided on.
	Refusal fixtures.RefusalID `json:"refusal,omitempty"`
}

// String is what was seen in one line.
func (s Seen) String() string {
	switch {
	case s.OK:
		return fmt.Sprintf("%s: ok", s.Call)
	case s.Status == 0:
		return fmt.Sprintf("%s: no answer (%s)", s.Call, s.Error)
	case s.Description == "":
		return fmt.Sprintf("%s: %d %s", s.Call, s.Status, s.Error)
	}
	return fmt.Sprintf("%s: %d %s, %q", s.Call, s.Status, s.Error, s.Description)
}

// Stopped says who stopped the person or the product before a request was refused.
type Stopped struct {
	By   fixtures.Stop `json:"by"`
	Step string        `json:"step,omitempty"`
	Text string        `json:"text"`
	// Says is the catalogued text, if it is one.
	Says fixtures.DeployErrorID `json:"says,omitempty"`
	err  error
}

// Error is the text.
func (s *Stopped) Error() string { return s.Text }

// Unwrap returns the cause, if there is one.
func (s *Stopped) Unwrap() error { return s.err }

// Result is how following a guide went.
type Result struct {
	Guide    fixtures.GuideID `json:"guide"`
	Skip     string           `json:"skip,omitempty"`
	Omission string           `json:"omission,omitempty"`
	// Done are the steps that were made, in order.
	Done []string `json:"done"`
	// Stopped is set where no request was refused and none could be made.
	Stopped *Stopped `json:"stopped,omitempty"`
	// Calls are the product's calls until the first that failed.
	Calls []Seen `json:"calls,omitempty"`
	// Connected: all calls succeeded, and package flows logged in and read a record as well.
	Connected bool `json:"connected"`
	// Waited is the time on the org's clock that the changes took to spread.
	Waited fixtures.Duration `json:"waited"`
}

// Failure is what failed in one line; empty if nothing did.
func (r Result) Failure() string {
	if r.Stopped != nil {
		return fmt.Sprintf("stopped by %s: %s", r.Stopped.By, r.Stopped.Text)
	}
	for _, c := range r.Calls {
		if !c.OK {
			return c.String()
		}
	}
	return ""
}

// Replay follows the guide on a fresh org and has its product connect. An error is of
// the harness, or names the nearest step; that a guide does not connect is in the result.
func Replay(ctx context.Context, guide fixtures.Guide, o Options) (Result, error) {
	s, err := newSite(guide, o) //nolint:contextcheck // the server ends with the site
	if err != nil {
		return Result{}, err
	}
	defer s.close() //nolint:contextcheck // the server ends with the site
	return s.replay(ctx)
}

// replay follows the guide to the end or until somebody stops it.
func (s *site) replay(ctx context.Context) (Result, error) {
	r := Result{Guide: s.guide.ID, Skip: s.options.Skip}
	if s.skipped != nil {
		r.Omission = s.skipped.ID
	}
	begun := s.org.Now()
	err := s.follow(0)
	r.Done = s.done
	if errors.As(err, &r.Stopped) {
		return r, nil
	}
	if err != nil {
		return r, err
	}
	r.Waited = fixtures.Duration(s.org.Now().Sub(begun))
	return r, s.connect(ctx, &r)
}

// connect has the product make its calls, and package flows prove the same.
func (s *site) connect(ctx context.Context, r *Result) error {
	calls, err := s.product(ctx)
	r.Calls = calls
	if errors.As(err, &r.Stopped) {
		return nil
	}
	if err != nil {
		return err
	}
	if r.Failure() != "" {
		return nil
	}
	if err := s.prove(ctx); err != nil {
		return fmt.Errorf("guides: %s: the product connects, package flows does not: %w", s.guide.ID, err)
	}
	r.Connected = true
	return nil
}
