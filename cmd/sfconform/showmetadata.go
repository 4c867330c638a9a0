package main

import (
	"cmp"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
)

// shownMetadata is what an id names among what metadata files can have wrong.
type shownMetadata struct {
	LintRule    *fixtures.LintRule    `json:"lintRule,omitempty"`
	DeployError *fixtures.DeployError `json:"deployError,omitempty"`
	// Rules are the lint rules that foresee the deploy error.
	Rules []fixtures.LintRuleID `json:"rules,omitempty"`
}

func (s *shownMetadata) addMetadata(id string) {
	if r, err := fixtures.LintRuleByID(fixtures.LintRuleID(strings.ToUpper(id))); err == nil {
		s.LintRule = &r
	}
	if e, err := fixtures.DeployErrorByID(fixtures.DeployErrorID(id)); err == nil {
		s.DeployError, s.Rules = &e, fixtures.LintRulesOf(e.ID)
	}
}

func (s *shownMetadata) write(p *page) {
	if s.LintRule != nil {
		p.lintRule(*s.LintRule)
	}
	if s.DeployError != nil {
		p.deployError(*s.DeployError)
		p.line("found by lint", "%s", joined(s.Rules))
	}
}

func (p *page) lintRule(r fixtures.LintRule) {
	p.title("lint rule", string(r.ID))
	p.line("name", "%s", r.Name)
	p.line("severity", "%s", r.Severity)
	p.line("what", "%s", r.What)
	p.line("why", "%s", r.Why)
	p.line("stops", "%s", joined(r.Flows))
	for _, id := range r.Refusals {
		p.line("clients see", "%s: %s", id, refusalLine(id))
	}
	for _, id := range r.Deploys {
		p.line("deploys say", "%s: %s", id, fixtures.MustDeployError(id).Text)
	}
	p.line("fix", "%s", r.Fix)
	if r.Fixable {
		p.line("diff", "sfconform lint offers it where it can; --fix makes it where it is safe")
	}
	p.line("assumed", "%s", r.Assumed)
	p.line("sources", "%s", strings.Join(r.Sources, "\n"))
}

func (p *page) deployError(e fixtures.DeployError) {
	p.title("deploy error", string(e.ID))
	p.line("text", "%s", cmp.Or(e.Text, "no source has it"))
	p.line("said by", "%s", saidBy(e))
	p.line("when", "%s", e.When)
	p.line("confidence", "%s", e.Confidence)
	p.line("assumed", "%s", e.Assumed)
	p.line("sources", "%s", strings.Join(e.Sources, "\n"))
}

// saidBy is who fails with the deploy error.
func saidBy(e fixtures.DeployError) string {
	if e.Local {
		return "CLI"
	}
	return "org"
}
