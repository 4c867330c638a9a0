package guides

import (
	"context"
	"errors"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/request"
	"github.com/sfconform/sfconform/mocksf"
)

// Held is an org in which a guide was followed without one step, and which still runs.
type Held struct {
	Result
	Server *mocksf.Server
	// Shows is the product's last request, the one that was refused; Sent is false
	// where none was made.
	Shows request.Wire
	Sent  bool
	// Works is the product's token request once the step is made and has spread; it
	// has no method where Setup never showed the key.
	Works request.Wire
	// Cure are the changes of the org that the step makes.
	Cure []fixtures.Change
}

// Hold follows the guide without the step, and leaves the org running until Close.
func Hold(ctx context.Context, guide fixtures.Guide, step, omission string) (*Held, error) {
	s, err := newSite(guide, Options{Skip: step, Omission: omission}) //nolint:contextcheck // the server outlives the call
	if err != nil {
		return nil, err
	}
	r, err := s.replay(ctx)
	if err != nil {
		s.close() //nolint:contextcheck // the server ends with the site
		return nil, err
	}
	right, err := guide.Step(step)
	held := &Held{Result: r, Server: s.server, Shows: s.last, Sent: s.last.Method != "", Cure: right.Change}
	if err == nil && s.pair.ConsumerKey != "" {
		held.Works, err = s.rightRequest(right, held.Spread())
	}
	if err != nil {
		s.close() //nolint:contextcheck // the server ends with the site
	}
	return held, err
}

// rightRequest is the token request that the settings lead to once those of the step
// are right, made for a time later on.
func (s *site) rightRequest(step fixtures.GuideStep, later fixtures.Duration) (request.Wire, error) {
	s.enter(step.Client)
	v, err := s.visit()
	if err != nil {
		return request.Wire{}, err
	}
	v.later = time.Duration(later)
	if stopped := (*Stopped)(nil); errors.As(v.complete(fixtures.CallToken), &stopped) {
		return request.Wire{}, nil
	}
	return v.tokenRequest()
}

// Close ends the org.
func (h *Held) Close() error { return h.Server.Close() }

// Spread is how long the longest of the org's changes takes to reach every server.
func (h *Held) Spread() fixtures.Duration {
	var longest fixtures.Duration
	for _, d := range h.Server.Org().Config().Propagation.Delays {
		longest = max(longest, d)
	}
	return longest
}
