package reproduce

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/endpoint"
	"github.com/sfconform/sfconform/suites/guides"
)

// Proof is whether a plan shows what it says, and works after its cure.
type Proof struct {
	Plan
	// Shows: the error was seen, byte for byte, or the case is one that works and did.
	Shows bool `json:"shows"`
	// Works: after the one change the same client logged in and used its token.
	Works bool `json:"works"`
	// Problem says what was seen instead, if something was.
	Problem string `json:"problem,omitempty"`
}

// OK says whether the plan shows the error and works after the change.
func (p Proof) OK() bool { return p.Shows && p.Works }

// Verify proves the plans: each error is brought about and seen, and each cure made
// and tried with a real login over HTTP, on the plain door and through package flows.
// The target opens fake orgs. An error is one of the harness.
func Verify(ctx context.Context, target endpoint.Target, plans ...Plan) ([]Proof, error) {
	var cases, cured []fixtures.Case
	for _, p := range plans {
		if p.Kind != KindGuide {
			cases, cured = append(cases, p.both()), append(cured, p.cured())
		}
	}
	shown, err := problems(ctx, target, cases)
	if err != nil {
		return nil, err
	}
	after, err := problems(ctx, target, slices.DeleteFunc(cured, func(c fixtures.Case) bool { return c.ID == "" }))
	if err != nil {
		return nil, err
	}
	var proofs []Proof
	for _, p := range plans {
		if p.Kind == KindGuide {
			proof, err := p.verifyGuide(ctx)
			if err != nil {
				return proofs, err
			}
			proofs = append(proofs, proof)
			continue
		}
		first, then := shown[p.shown.ID], after[p.shown.ID]
		proof := Proof{Plan: p, Shows: first == "", Works: first == "" && then == "", Problem: first}
		if first == "" {
			proof.Problem = then
		}
		proofs = append(proofs, proof)
	}
	return proofs, nil
}

// problems runs the cases and says what was wrong with each; empty if nothing was.
func problems(ctx context.Context, target endpoint.Target, cases []fixtures.Case) (map[fixtures.CaseID]string, error) {
	wrong := map[fixtures.CaseID]string{}
	if len(cases) == 0 {
		return wrong, nil
	}
	report, err := endpoint.Run(ctx, target, endpoint.Options{Cases: cases, Seed: 1})
	if err != nil && !errors.Is(err, endpoint.ErrNothingRan) {
		return wrong, err
	}
	ran := map[fixtures.CaseID]bool{}
	for _, r := range report.Results {
		switch r.Verdict {
		case endpoint.Pass:
			ran[r.Case] = true
		case endpoint.Skip:
		case endpoint.Fail, endpoint.Error:
			ran[r.Case] = true
			wrong[r.Case] = fmt.Sprintf("expected %s, seen %s %s", r.Expected, r.Seen, r.Message)
		}
	}
	for _, c := range cases {
		if !ran[c.ID] {
			wrong[c.ID] = "it was not run"
		}
	}
	return wrong, nil
}

// both is the case, and behind it on the same org its cure and a login that works.
func (p Plan) both() fixtures.Case {
	c := p.shown
	if p.end >= 0 || len(p.Refusals) == 0 {
		return c
	}
	c.Then = slices.Clone(c.Then)
	if len(p.Cure.Org) > 0 {
		c.Then = append(c.Then, fixtures.Step{Change: p.Cure.Org})
	}
	if p.Cure.Wait > 0 {
		c.Then = append(c.Then, fixtures.Step{Advance: p.Cure.Wait})
	}
	c.Then = append(c.Then, fixtures.Step{Token: &fixtures.TokenStep{Request: p.right(), Want: fixtures.Want{Fields: map[string]string{"access_token": "*"}}}})
	if again := p.repeated(); again != nil {
		c.Then = append(c.Then, fixtures.Step{Call: again})
	}
	c.Then = append(c.Then,
		fixtures.Step{Call: &fixtures.Call{Method: "GET", Path: "/services/oauth2/userinfo", Want: fixtures.Want{Fields: map[string]string{"user_id": "*"}}}},
	)
	return c
}

// called is what makes two calls the same one.
type called struct{ method, path, body string }

// answered are the calls that some case has answered with 200: those can work.
var answered = sync.OnceValue(func() map[called]bool {
	known := map[called]bool{}
	for _, c := range fixtures.Cases() {
		for _, s := range c.Then {
			if s.Call != nil && s.Call.Want.Refusal == "" && s.Call.Want.Status == 0 {
				known[called{s.Call.Method, s.Call.Path, s.Call.Body}] = true
			}
		}
	}
	return known
})

// repeated is the call that was refused, as it succeeds with a new token after the cure;
// nil if it was a login, or a call that is wrong in itself.
func (p Plan) repeated() *fixtures.Call {
	from, _ := p.refusedAt()
	if p.Kind == KindGuide || deploys(p.shown) || from < 0 || from >= len(p.shown.Then) || p.shown.Then[from].Call == nil {
		return nil
	}
	call := *p.shown.Then[from].Call
	mended := len(p.Cure.Org) > 0 || fixtures.MustRefusal(call.Want.Refusal).Retry == fixtures.RetryLogin
	withToken := call.Authorization == "" || strings.Contains(call.Body, "${token}")
	if !mended || !withToken || !answered()[called{call.Method, call.Path, call.Body}] {
		return nil
	}
	call.Want = fixtures.Want{}
	return &call
}

// cured is the case with its departures undone from the start, which both doors can
// run; an empty one where the case has its own end.
func (p Plan) cured() fixtures.Case {
	if p.end >= 0 || len(p.Refusals) == 0 || p.Cure.Wait > 0 {
		return fixtures.Case{}
	}
	c := p.shown
	c.Kind, c.Request, c.Then = fixtures.KindSuccess, nil, nil
	c.Want = fixtures.Want{Fields: map[string]string{"access_token": "*"}}
	c.Org = append(slices.Clone(c.Org), p.Cure.Org...)
	if c.Flow != fixtures.JWTBearer {
		c.Flow = fixtures.ClientCredentials
	}
	return c
}

// right are the edits that make a request of the case's flow one that works: those of
// the username-password and refresh flows become one of client credentials.
func (p Plan) right() []fixtures.Edit {
	c := p.shown
	if p.end >= 0 {
		return c.Then[p.end].Token.Request
	}
	if rotatedOut(c) {
		return []fixtures.Edit{fixtures.Param("client_id", "${stagedKey}"), fixtures.Param("client_secret", "${stagedSecret}")}
	}
	if flow := c.Flow; flow == fixtures.UsernamePassword || flow == fixtures.RefreshToken {
		return []fixtures.Edit{
			fixtures.Param("grant_type", string(fixtures.GrantClientCredentials)),
			fixtures.Param("client_id", "${clientID}"), fixtures.Param("client_secret", "${clientSecret}"),
		}
	}
	return nil
}

// verifyGuide leaves the step out, and then makes it.
func (p Plan) verifyGuide(ctx context.Context) (Proof, error) {
	row, err := guides.Skip(ctx, p.guide, p.step, p.how)
	if err != nil {
		return Proof{}, err
	}
	step, err := p.guide.Step(p.step)
	if err != nil {
		return Proof{}, err
	}
	o, err := step.Omission(p.how)
	if err != nil {
		return Proof{}, err
	}
	if row.Fix != "" {
		p.Cure.Text = p.ByFix(row.Fix)
	}
	proof := Proof{Plan: p, Shows: row.Shows(o), Works: row.Works}
	if !proof.OK() {
		proof.Problem = row.What() + "; fix: " + row.Fix
	}
	return proof, nil
}
