package guides

import (
	"context"
	"slices"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/request"
	"github.com/sfconform/sfconform/mocksf"
)

// Held is an org in which a guide was followed without one step, and which still runs.
type Held struct {
	Result
	Server *mocksf.Server
	// Shows is the product's last request, the one that was refused; it has no method
	// where none was made.
	Shows request.Wire
	// Remedy is what mends it; the zero value where the product connects all the same.
	Remedy Remedy
}

// Remedy is what has to be done in an org in which a step was left out, and what the
// product sends then.
type Remedy struct {
	// Fix says in words what is done, as in [Row].
	Fix string
	// Org are the changes of the org, Wait how long they and the steps behind them take.
	Org  []fixtures.Change
	Wait fixtures.Duration
	// Token is the product's token request. Again is the call that was refused, where
	// that was another one: TokenPlace stands in it for the access token.
	Token, Again request.Wire
}

// TokenPlace stands for the access token in a request that is sent later.
const TokenPlace = "@TOKEN@"

// Hold follows the guide without the step, and leaves the org running until Close.
func Hold(ctx context.Context, guide fixtures.Guide, step, omission string) (*Held, error) {
	s, err := newSite(guide, Options{Skip: step, Omission: omission}) //nolint:contextcheck // the server outlives the call
	if err != nil {
		return nil, err
	}
	r, err := s.replay(ctx)
	held := &Held{Result: r, Server: s.server, Shows: s.last}
	if err == nil && !r.Connected {
		held.Remedy, err = remedy(ctx, guide, step, omission)
	}
	if err != nil {
		s.close() //nolint:contextcheck // the server ends with the site
		return nil, err
	}
	return held, nil
}

// Close ends the org.
func (h *Held) Close() error { return h.Server.Close() }

// remedy finds out what mends the omission on an org of its own, which is alike to the
// one that is held: time stands still in both, and their seeds are the same.
func remedy(ctx context.Context, guide fixtures.Guide, step, omission string) (Remedy, error) {
	s, err := newSite(guide, Options{Skip: step, Omission: omission}) //nolint:contextcheck // the server ends with the site
	if err != nil {
		return Remedy{}, err
	}
	defer s.close() //nolint:contextcheck // the server ends with the site
	broken, err := s.replay(ctx)
	if err != nil {
		return Remedy{}, err
	}
	s.saved = nil
	begun := s.org.Now()
	fix, err := s.mend()
	if err != nil {
		return Remedy{}, err
	}
	r := Remedy{Fix: fix, Org: s.saved, Wait: fixtures.Duration(s.org.Now().Sub(begun))}
	failed, place := broken.failedAt(guide)
	r.Token, r.Again, err = s.afterwards(failed, place)
	return r, err
}

// failedAt is the call that was refused, or that could not be made, and which of its
// requests it was.
func (r Result) failedAt(guide fixtures.Guide) (call fixtures.GuideCall, place int) {
	if len(r.Calls) == 0 {
		return guide.Calls[0], 0
	}
	last := r.Calls[len(r.Calls)-1].Call
	if r.Stopped != nil {
		return guide.Calls[slices.Index(guide.Calls, last)+1], 0
	}
	for _, seen := range r.Calls[:len(r.Calls)-1] {
		if seen.Call == last {
			place++
		}
	}
	return last, place
}

// afterwards are the token request, and the one of the call that failed if it was another one.
func (s *site) afterwards(failed fixtures.GuideCall, place int) (token, again request.Wire, err error) {
	v, err := s.visit()
	if err != nil {
		return token, again, err
	}
	if token, err = v.tokenRequest(); err != nil || failed == fixtures.CallToken {
		return token, again, err
	}
	v.token, v.instance = TokenPlace, v.creds.LoginURL
	requests, err := v.requests(failed)
	if err != nil {
		return token, again, err
	}
	return token, requests[place], nil
}
