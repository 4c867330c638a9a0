package report

import (
	"crypto/sha256"
	"fmt"
	"io"
	"net/url"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// WriteSARIF writes the report as SARIF 2.1.0 that GitHub's code scanning accepts:
// the requirements as rules, what is not kept as results. A client that is judged
// from outside has no source lines, so every result stands at the first line of
// Options.Artifact.
func WriteSARIF(w io.Writer, r *Report, o Options) error {
	s := sarifRun{
		Tool: sarifTool{Driver: sarifDriver{
			Name: "sfconform", Version: r.Run.Harness, InformationURI: "https://github.com/sfconform/sfconform",
			Rules: make([]sarifRule, 0, len(r.Results)),
		}},
		Automation:  sarifID{ID: "sfconform-client/" + url.PathEscape(r.Run.Client) + "/"},
		Invocations: []sarifInvocation{r.invocation()},
		Results:     []sarifResult{},
	}
	for i := range r.Results {
		result := &r.Results[i]
		s.Tool.Driver.Rules = append(s.Tool.Driver.Rules, result.rule())
		if level := r.level(result); level != "" {
			s.Results = append(s.Results, result.sarif(i, level, o))
		}
	}
	return encode(w, sarifLog{
		Schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{s},
	})
}

func (r *Report) invocation() sarifInvocation {
	i := sarifInvocation{Successful: r.Standing != HarnessFailed && !r.Interrupted}
	if !r.Run.Began.IsZero() {
		i.Start, i.End = r.Run.Began.UTC().Format(time.RFC3339), r.Run.Began.Add(r.Run.Took.Duration()).UTC().Format(time.RFC3339)
	}
	for _, e := range r.Errors {
		i.Notes = append(i.Notes, sarifNotification{Message: sarifText{Text: e}, Level: levelError})
	}
	return i
}

const (
	levelError   = "error"
	levelWarning = "warning"
	levelNote    = "note"
)

// level is how grave a result is to code scanning; "" for one that is no finding.
func (r *Report) level(result *Result) string {
	switch {
	case r.blocks(result), result.Verdict == verdict.Waived:
		return levelError
	case result.Verdict == verdict.Warn:
		return levelWarning
	case result.Verdict == verdict.Review, result.Verdict == verdict.Info, result.Verdict == verdict.Inconclusive:
		return levelNote
	}
	return ""
}

func (r *Result) sarif(rule int, level string, o Options) sarifResult {
	text := r.gist()
	if r.Verdict == verdict.Inconclusive {
		text = sentence("not tested: " + text)
	}
	if r.Effect != "" {
		text += " In production: " + r.Effect
	}
	s := sarifResult{
		RuleID: string(r.ID), RuleIndex: rule, Level: level, Message: sarifText{Text: text},
		Locations: []sarifLocation{r.location(o)},
		// The same fault is the same alert in every run, whatever was seen of it.
		Fingerprints: map[string]string{"primaryLocationLineHash": fmt.Sprintf("%.8x:1", sha256.Sum256([]byte(r.ID)))},
	}
	if r.Verdict == verdict.Waived {
		s.Suppressions = []sarifSuppression{{Kind: "external", Status: "accepted", Justification: r.gist()}}
	}
	return s
}

func (r *Result) location(o Options) sarifLocation {
	l := sarifLocation{Physical: sarifPhysical{
		Artifact: sarifArtifact{URI: (&url.URL{Path: o.artifact()}).String(), Base: "%SRCROOT%"},
		Region:   sarifRegion{StartLine: 1},
	}}
	for _, f := range r.Findings {
		l.Logical = append(l.Logical, sarifLogical{Name: f.Scenario, Full: place(f.Scenario, f.Flow), Kind: "scenario"})
	}
	return l
}

// rule is the requirement as a rule with its help.
func (r *Result) rule() sarifRule {
	rule := sarifRule{
		ID: string(r.ID), Short: sarifText{Text: r.Statement}, Full: sarifText{Text: r.Statement},
		Help:    sarifHelp{Text: r.help(plainHelp), Markdown: r.help(markdownHelp)},
		Default: sarifLevel{Level: ruleLevels[r.Severity]},
		Properties: map[string]any{
			"tags": []string{"salesforce", "oauth", string(r.Severity), r.Group}, "precision": "very-high",
			"problem.severity": problemSeverities[r.Severity],
		},
	}
	if g := gravityOf(r); (g == leaks || g == trusts) && r.Severity == fixtures.SeverityMust {
		rule.Properties["tags"] = append(rule.Properties["tags"].([]string), "security")
		rule.Properties["security-severity"] = "8.0"
	}
	return rule
}

var (
	ruleLevels = map[fixtures.Severity]string{
		fixtures.SeverityMust: levelError, fixtures.SeverityShould: levelWarning, fixtures.SeverityMay: levelNote,
	}
	problemSeverities = map[fixtures.Severity]string{
		fixtures.SeverityMust: "error", fixtures.SeverityShould: "warning", fixtures.SeverityMay: "recommendation",
	}
)
