package main

import (
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata/lint"
)

// annotations are the findings as commands of GitHub Actions' log.
func annotations(findings []lint.Finding) string {
	levels := map[fixtures.LintSeverity]string{fixtures.LintError: "error", fixtures.LintWarning: "warning", fixtures.LintInfo: "notice"}
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	var b strings.Builder
	for _, f := range findings {
		title := string(f.Rule)
		if rule, err := fixtures.LintRuleByID(f.Rule); err == nil {
			title += " " + rule.Name
		}
		fmt.Fprintf(&b, "::%s file=%s,line=%d,col=%d,title=%s::%s\n", levels[f.Severity], property.Replace(filepath.ToSlash(f.Path)),
			max(f.Line, 1), max(f.Col, 1), property.Replace(title), data.Replace(f.Message))
	}
	return b.String()
}

// The parts of SARIF 2.1.0 that say something here.
type (
	sarif struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool    sarifTool     `json:"tool"`
		Results []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID      string      `json:"id"`
		Name    string      `json:"name"`
		Short   sarifText   `json:"shortDescription"`
		Full    sarifText   `json:"fullDescription"`
		Help    sarifText   `json:"help"`
		Default sarifConfig `json:"defaultConfiguration"`
	}
	sarifConfig struct {
		Level string `json:"level"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		Line   int `json:"startLine"`
		Column int `json:"startColumn"`
	}
)

// newSARIF is the findings in the form that code scanning reads.
func newSARIF(out linted) sarif {
	levels := map[fixtures.LintSeverity]string{fixtures.LintError: "error", fixtures.LintWarning: "warning", fixtures.LintInfo: "note"}
	run := sarifRun{Results: []sarifResult{}}
	run.Tool.Driver = sarifDriver{Name: "sfconform", Version: moduleVersion(), Rules: []sarifRule{}}
	index := map[fixtures.LintRuleID]int{}
	for i, r := range out.Rules {
		index[r.ID] = i
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{
			ID: string(r.ID), Name: r.Name, Short: sarifText{r.What}, Full: sarifText{r.What + " " + r.Why},
			Help: sarifText{"Fix: " + r.Fix}, Default: sarifConfig{levels[r.Severity]},
		})
	}
	for _, f := range out.Findings {
		// A URI holds no spaces and no letters beyond ASCII (RFC 3986).
		place := sarifPhysical{Artifact: sarifArtifact{(&url.URL{Path: filepath.ToSlash(f.Path)}).String()}}
		if f.Line > 0 {
			place.Region = &sarifRegion{f.Line, f.Col}
		}
		run.Results = append(run.Results, sarifResult{
			string(f.Rule), index[f.Rule], levels[f.Severity], sarifText{f.Message}, []sarifLocation{{place}},
		})
	}
	return sarif{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run}}
}
