package main

import (
	"strings"

	"github.com/sfconform/sfconform/fixtures"
)

// advice is what a client that meets the refusal should say, without the fix that
// the page shows already; nil is nothing.
func (p *page) advice(a *fixtures.Advice, r fixtures.Refusal) {
	if a != nil {
		p.line("client says", "%s", strings.TrimSuffix(a.Text, " "+r.Fix))
	}
}

func (p *page) requirement(r fixtures.Requirement, references []fixtures.Reference) {
	p.title("client requirement", string(r.ID))
	p.line("statement", "%s", r.Statement)
	p.line("severity", "%s", r.Severity)
	p.line("group", "%s", r.Group)
	p.line("only flow", "%s", joined(r.Flows))
	p.line("only with", "%s", joined(r.Uses))
	p.line("in production", "%s", r.Effect)
	p.line("fix", "%s", r.Fix)
	p.line("judged", "%s", r.Observe)
	p.line("not judged", "%s", r.Unjudged)
	p.line("seen in", "%s", seenIn(r.ID))
	p.line("needs", "%s", joined(r.Needs))
	p.line("norm", "%s", r.Norm)
	p.line("evidence", "%s", r.Evidence)
	var links []string
	for _, ref := range references {
		links = append(links, ref.URL)
	}
	p.line("links", "%s", strings.Join(links, "\n"))
	p.line("set", "%s", fixtures.RequirementSet)
}

func (p *page) cause(c fixtures.Cause) {
	p.title("cause", c.ID)
	p.line("meaning", "%s", c.Meaning)
	p.line("family", "%s", c.Family)
	p.line("fix", "%s", c.Fix)
	for _, m := range c.Metadata {
		p.line("metadata", "%s: %s = %s", m.File, m.Element, m.Value)
	}
	p.line("waiting helps", "%s", c.Wait)
	p.line("tell apart", "%s", c.TellApart)
	p.line("ask for", "%s", strings.Join(c.Collect, "\n"))
}
