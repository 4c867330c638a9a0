package endpoint

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/request"
)

// longestAnswer bounds what is read of an answer.
const longestAnswer = 1 << 20

// plain sends the case's token request over plain HTTP and then makes its steps.
// The error is one of the harness; differences go into the outcome.
func (a *attempt) plain() error {
	if err := a.token("", a.c.Request, a.c.Want, 1); err != nil {
		return err
	}
	for i, step := range a.c.Then {
		if a.out.lost {
			return nil
		}
		if err := a.step(fmt.Sprintf("step %d: ", i+1), step); err != nil {
			return err
		}
	}
	return nil
}

func (a *attempt) step(where string, s fixtures.Step) error {
	switch {
	case len(s.Change) > 0:
		return a.session.Change(s.Change...)
	case s.Advance != 0:
		return a.session.Advance(time.Duration(s.Advance))
	case s.Token != nil:
		if err := a.token(where, s.Token.Request, s.Token.Want, max(1, s.Token.Times)); err != nil || a.out.lost {
			return err
		}
		a.remember(where, s.Token.Keep, a.last)
		return nil
	case s.Call != nil:
		return a.call(where, *s.Call)
	}
	return fmt.Errorf("%scase %q has an empty step", where, a.c.ID)
}

// token asks for a token as often as the step says.
func (a *attempt) token(where string, edits []fixtures.Edit, want fixtures.Want, times int) error {
	seen := newMixture(want)
	var wire request.Wire
	var built time.Time
	for range times {
		// While the clock stands still the request is the same, and signing is what costs most.
		if now := a.session.Now(); !now.Equal(built) {
			var err error
			if wire, err = request.Build(a.c.Flow, a.creds, edits, now, a.vars); err != nil {
				return err
			}
			built = now
		}
		got, err := a.send(wire)
		if err != nil && !wantsNothing(want) {
			return err
		}
		if len(want.Mixed) > 0 {
			a.keep(got)
			seen.add(got, a.decision())
			continue
		}
		a.judgeToken(where, wire, want, got)
	}
	if len(want.Mixed) > 0 {
		a.out.compare(where+"answers", seen.expected(), seen.seen())
	}
	return nil
}

func (a *attempt) judgeToken(where string, wire request.Wire, want fixtures.Want, got answer) {
	if want.Refusal != "" {
		a.judgeRefusal(where, want, got)
		a.out.compare(where+"Cache-Control", noStore, storing(got.header))
		return
	}
	if !a.judgeSuccess(where, want, got) {
		return
	}
	a.keep(got)
	a.judgeTokenResponse(where, want, wire, got)
}

func (a *attempt) call(where string, c fixtures.Call) error {
	wire, err := request.BuildCall(c, a.creds, a.instance, a.session.Now(), a.vars)
	if err != nil {
		return err
	}
	got, err := a.send(wire)
	if err != nil {
		return err
	}
	if c.Want.Refusal != "" {
		a.judgeRefusal(where, c.Want, got)
		return nil
	}
	if a.judgeSuccess(where, c.Want, got) {
		a.remember(where, c.Keep, got)
	}
	return nil
}

// send makes one request, and notes its secrets before anything about it can be shown.
func (a *attempt) send(wire request.Wire) (answer, error) {
	a.redact.hide(wire.Secrets()...)
	a.out.sent = append(a.out.sent, wire.Redacted())
	r, err := wire.Request(a.context)
	if err != nil {
		return answer{}, err
	}
	resp, err := a.session.RoundTrip(r)
	if err != nil {
		return answer{}, fmt.Errorf("the target did not answer: %w", err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, longestAnswer))
	if err != nil {
		return answer{}, fmt.Errorf("the target's answer broke off: %w", err)
	}
	got := answer{status: resp.StatusCode, header: resp.Header, body: body}
	a.last = got
	a.redact.hide(got.secrets()...)
	return got, nil
}

// keep remembers the token of a success for later steps.
func (a *attempt) keep(got answer) {
	if token := got.text("access_token"); token != "" {
		a.vars["token"] = token
		a.instance = strings.TrimRight(got.text("instance_url"), "/")
		a.learn(got.text("id"))
	}
	if token := got.text("refresh_token"); token != "" {
		a.vars["refreshToken"] = token
	}
}

// learn takes the ids of org and user from the identity URL where the target did not give them.
func (a *attempt) learn(id string) {
	parts := identityURL.FindStringSubmatch(id)
	if parts == nil {
		return
	}
	if a.creds.OrgID == "" {
		a.vars["orgID"] = parts[2]
	}
	if a.creds.UserID == "" {
		a.vars["userID"] = parts[3]
	}
}

func (a *attempt) decision() Decision {
	if !a.caps.Journal {
		return Decision{}
	}
	d, err := a.session.Decision()
	if err != nil {
		a.out.harness(fmt.Errorf("the target's journal: %w", err))
	}
	return d
}
