package lint

import (
	"fmt"
	"slices"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata"
)

// Verdict says whether a flow would log in.
type Verdict struct {
	Flow fixtures.Flow `json:"flow"`
	// Works says that a client of App logs in.
	Works bool `json:"works"`
	// App is the app that works, or the first that is set up and does not; empty if
	// no app is set up for the flow.
	App string `json:"app,omitempty"`
	// Because is the finding that stands in the way; nil if none does.
	Because *Finding `json:"because,omitempty"`
}

// Judge says whether the project as it stands would log in by the flow: the first
// app by name that does, else the first that is set up for it.
func Judge(p *metadata.Project, findings []Finding, flow fixtures.Flow) Verdict {
	v := Verdict{Flow: flow}
	for _, app := range p.Apps {
		if !setUpFor(app, flow) {
			continue
		}
		because := obstacle(findings, app.Name, flow)
		if because == nil {
			return Verdict{Flow: flow, Works: true, App: app.Name}
		}
		if v.App == "" {
			v.App, v.Because = app.Name, because
		}
	}
	if v.App == "" {
		// A file that cannot be read may be the one that sets the flow up.
		v.Because = obstacle(findings, "", flow)
	}
	return v
}

// setUpFor says whether anything in the app's files is there for the flow.
func setUpFor(app *metadata.App, flow fixtures.Flow) bool {
	if flow == fixtures.JWTBearer {
		return app.Certificate() != ""
	}
	if app.Connected != nil {
		return app.Connected.True("oauthConfig/isClientCredentialEnabled")
	}
	return app.Global.True(flowFlag) || app.OAuthPolicies.True(flowFlag) || app.RunAs() != "" || app.Policies.Find(flowFlag) != nil
}

// obstacle is the first finding that keeps the app, or the whole deploy, from working.
func obstacle(findings []Finding, app string, flow fixtures.Flow) *Finding {
	for _, f := range findings {
		if f.fatal || f.App == app && app != "" && slices.Contains(f.Flows, flow) {
			return &f
		}
	}
	return nil
}

// String is the verdict in one line.
func (v Verdict) String() string {
	switch {
	case v.Works:
		return fmt.Sprintf("%s: yes: the app %q would log in", v.Flow, v.App)
	case v.App == "" && v.Because == nil:
		return fmt.Sprintf("%s: no: no app of the project is set up for it", v.Flow)
	}
	rule, err := fixtures.LintRuleByID(v.Because.Rule)
	if err != nil {
		return fmt.Sprintf("%s: no: %v", v.Flow, err)
	}
	subject := ""
	if v.App != "" {
		subject = fmt.Sprintf("the app %q would not log in: ", v.App)
	}
	return fmt.Sprintf("%s: no: %s%s %s: %s%s", v.Flow, subject, v.Because.Rule, v.Because.Place, v.Because.Message, leadsTo(rule, v.Because, v.Flow))
}

// leadsTo is what the client or the deploy would be told.
func leadsTo(rule fixtures.LintRule, because *Finding, flow fixtures.Flow) string {
	for _, id := range rule.Refusals {
		refusal := fixtures.MustRefusal(id)
		if len(refusal.Grants) == 0 || slices.Contains(refusal.Grants, flow.Grant()) {
			return fmt.Sprintf(" (%s: %s)", refusal.Answer.Error, refusal.Answer.Description)
		}
	}
	for _, text := range because.Deploys {
		return fmt.Sprintf(" (deploy: %s)", text)
	}
	if because.fatal {
		return " (the deploy fails)"
	}
	return ""
}
