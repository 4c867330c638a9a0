package scenario

import (
	"net/http"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/fault"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/stage"
)

// The scenarios of several orgs that judges ask for by name.
const (
	TwoOrgsAtOnce  = "two-orgs-at-once"
	SameUserTwice  = "two-orgs-with-the-same-user"
	TwoAppsInOne   = "two-apps-of-one-org"
	OneOrgDown     = "one-of-two-orgs-is-down"
	OtherOrgAnswer = "login-answer-names-another-org"
)

// orgs are the situations in which a client could take one org or identity for another.
func orgs() []Scenario {
	return []Scenario{
		{
			Name: TwoOrgsAtOnce, Title: "The client works in two orgs at once, as another user in each.", Operation: TwoOrgs, Want: Succeed,
			World: func(o *stage.Options) { o.Second = true }, Play: bothLogIn,
		},
		{
			Name: SameUserTwice, Title: "The client works in two orgs at once, as the same user with the same app and credential.",
			Operation: TwoOrgs, Want: Succeed,
			World: func(o *stage.Options) { o.Second, o.SameIdentity = true, true }, Play: bothLogIn,
		},
		{
			Name: TwoAppsInOne, Title: "The client works in one org as two users at once, with an app for each.", Operation: TwoOrgs, Want: Succeed,
			World: func(o *stage.Options) { o.SecondApp = true }, Play: bothLogIn,
		},
		{
			Name: OneOrgDown, Title: "Of two orgs the first one's logins fail, and then its first login is not answered.", Operation: TwoOrgs,
			Want: Either, GiveUp: true, World: func(o *stage.Options) { o.Second = true },
			Starts: []Start{
				{Before: firstOrgFails(fault.Fault{Name: "down", Kind: fault.Status, Status: http.StatusServiceUnavailable, First: often})},
				{Before: firstOrgFails(fault.Fault{Name: "silent", Kind: fault.Hang, First: 1})},
			},
		},
		{
			Name: OtherOrgAnswer, Title: "The id in the token answer names another org than the expected one.", Want: Either,
			Play: alterTokens("id of another org", func(s *stage.Stage, a *stage.Answer) {
				a.Set("id", strings.Replace(a.Field("id"), s.Org().Config().OrgID(), fixtures.DeriveID("00D", "Ak", "another org"), 1))
			}),
		},
	}
}

// bothLogIn has two logins that come side by side be answered side by side, so that
// what they share meets both.
func bothLogIn(s *stage.Stage) {
	s.Together(stage.When{Kind: evidence.TokenRequest}, 2, func() {})
}

func firstOrgFails(f fault.Fault) func(*stage.Stage) {
	return func(s *stage.Stage) {
		s.Calm()
		armed := f
		armed.Match = tokenEndpoint
		s.ArmIn(0, armed)
	}
}
