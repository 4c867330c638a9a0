package endpoint

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/onsi/ginkgo/v2"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/request"
	"github.com/sfconform/sfconform/flows"
)

// throughFlows runs the case's token request through package flows: the answer
// must arrive as a *flows.TokenError in the org's own words, or as a flows.Token.
func (a *attempt) throughFlows() error {
	setting, err := settingOf(a.c, a.creds, a.session.Now())
	if errors.Is(err, errNotExpressible) {
		ginkgo.Skip(err.Error())
	}
	if err != nil {
		return err
	}
	a.out.sent = []string{fmt.Sprint(setting.flow(a.c.Flow))}
	source, err := flows.NewTokenSource(setting.flow(a.c.Flow), flows.Options{
		Transport: witness{a},
		Now:       a.session.Now,
		Sleep: func(context.Context, time.Duration) error {
			return errors.New("endpoint: a single attempt needs no wait")
		},
		Retry: flows.Retry{Attempts: 1},
	})
	if err != nil {
		return err
	}
	token, err := source.AccessToken(a.context)
	var refused *flows.TokenError
	switch {
	case errors.As(err, &refused) && refused.Err != nil:
		return fmt.Errorf("the target did not answer: %w", refused)
	case errors.As(err, &refused):
		a.judgeTokenError(refused)
	case err != nil:
		return err
	default:
		a.judgeIssued(token)
	}
	return nil
}

// judgeTokenError holds what flows reports to the catalogued answer.
func (a *attempt) judgeTokenError(e *flows.TokenError) {
	seen := wording(e.Status, e.Code, e.Description)
	if e.Code == "" {
		seen = fmt.Sprintf("%d %s", e.Status, e.Problem)
	}
	if a.c.Want.Refusal == "" {
		a.out.expect("a token", seen)
		a.out.differ("flows.TokenError", "a token", seen)
		a.out.check = a.decision().Check
		return
	}
	r, err := fixtures.RefusalByID(a.c.Want.Refusal)
	if err != nil {
		a.out.harness(err)
		return
	}
	want := wording(r.Answer.Status, r.Answer.Error, r.Answer.Description)
	if r.Answer.Format != fixtures.FormatOAuth {
		want, seen = fmt.Sprint(r.Answer.Status), fmt.Sprint(e.Status)
	}
	a.out.expect(want, seen)
	a.out.compare("flows.TokenError", want, seen)
	decided := a.decision()
	a.out.check = decided.Check
	if a.caps.Journal {
		a.out.compare("journal", string(r.ID), string(decided.Refusal))
	}
}

// judgeIssued holds the token's fields to those that the case speaks of.
func (a *attempt) judgeIssued(t *flows.Token) {
	a.redact.hide(t.AccessToken, t.Signature)
	if id := a.c.Want.Refusal; id != "" {
		r, err := fixtures.RefusalByID(id)
		if err != nil {
			a.out.harness(err)
			return
		}
		want := describe(r.Answer)
		a.out.expect(want, "a token")
		a.out.differ("flows.Token", want, "a token")
		return
	}
	a.out.expect("a token", "a token")
	fields := map[string]string{
		"instance_url": t.InstanceURL, "api_instance_url": t.APIInstanceURL, "token_type": t.TokenType,
		"token_format": t.TokenFormat, "scope": t.Scope, "id": t.ID, "issued_at": t.IssuedAt,
	}
	for name, seen := range fields {
		field, spoken := a.c.Want.Fields[name]
		if !spoken {
			continue
		}
		pattern, err := a.pattern(field)
		if err != nil {
			a.out.harness(err)
			return
		}
		a.judgeText(name, pattern, seen, seen != "")
	}
}

// expressible says whether flows can be configured to send the case's request.
func expressible(c fixtures.Case, known samples) bool {
	switch c.Kind {
	case fixtures.KindSuccess, fixtures.KindRefusal, fixtures.KindPrecedence:
	case fixtures.KindSession, fixtures.KindPropagation:
		return false
	}
	if len(c.Want.Mixed) > 0 || wantsNothing(c.Want) {
		return false
	}
	creds, err := known.credentials(c)
	if err != nil {
		return false
	}
	s, err := settingOf(c, creds, time.Time{})
	return err == nil && s.flow(c.Flow).Validate() == nil
}

// samples are the credentials of the set-ups that were asked for.
type samples map[fixtures.SetupID]request.Credentials

func (s samples) credentials(c fixtures.Case) (request.Credentials, error) {
	if known, ok := s[c.Setup]; ok {
		return known, nil
	}
	setup, err := fixtures.SetupByID(c.Setup)
	if err != nil {
		return request.Credentials{}, err
	}
	org, err := setup.Org()
	if err != nil {
		return request.Credentials{}, err
	}
	s[c.Setup], err = request.FromSetup(org, setup)
	return s[c.Setup], err
}
