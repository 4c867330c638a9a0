package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata"
	"github.com/sfconform/sfconform/mocksf/metadata/lint"
)

// linted is what lint has to say; it is also what --json prints.
type linted struct {
	Project string `json:"project"`
	// Version is the API version to which the project was held.
	Version     int    `json:"apiVersion"`
	VersionFrom string `json:"apiVersionFrom,omitempty"`
	Apps        int    `json:"apps"`
	// Fixed is how many changes --fix made.
	Fixed    int                 `json:"fixed,omitempty"`
	Findings []lint.Finding      `json:"findings"`
	Rules    []fixtures.LintRule `json:"rules,omitempty"`
	Verdict  *lint.Verdict       `json:"verdict,omitempty"`
	Proof    *proof              `json:"proof,omitempty"`
	// searched are the folders that were looked through.
	searched string
}

// run lints, mends if asked to, and prints.
func (l *linter) run(ctx context.Context) error {
	project, findings, err := l.read()
	if err != nil {
		return err
	}
	out := linted{Project: l.files.Root, Version: project.Version, VersionFrom: project.VersionFrom, Apps: len(project.Apps), searched: l.searched(project)}
	if l.flags.fix {
		if project, findings, out.Fixed, err = l.mend(project, findings); err != nil {
			return err
		}
	}
	out.Findings = slices.Clone(findings)
	if l.flags.flow != "" {
		if err := l.judge(ctx, project, findings, &out); err != nil {
			return err
		}
	}
	for i := range out.Findings {
		out.Findings[i].Path = l.path(out.Findings[i].Path)
	}
	out.Rules = rulesOf(out.Findings)
	if err := l.print(out); err != nil {
		return harnessError(err)
	}
	return out.exit()
}

// searched is where apps were looked for, in words.
func (l *linter) searched(project *metadata.Project) string {
	switch config := project.Source.Config; {
	case config == nil:
		return "this folder (it has no sfdx-project.json)"
	case l.options.Within != "" && l.options.Within != ".":
		return l.options.Within
	default:
		return strings.Join(config.Folders, ", ") + " (packageDirectories of sfdx-project.json)"
	}
}

// judge says whether the flow would log in, and proves it if asked to.
func (l *linter) judge(ctx context.Context, project *metadata.Project, findings []lint.Finding, out *linted) error {
	v := lint.Judge(project, findings, fixtures.Flow(l.flags.flow))
	out.Verdict = &v
	if v.Because != nil {
		because := *v.Because
		because.Path = l.path(because.Path)
		v.Because = &because
	}
	if !l.flags.prove {
		return nil
	}
	p, err := l.proveLogin(ctx, project, v)
	out.Proof = p
	return err
}

// exit is the error that ends the program as the findings ask for.
func (out linted) exit() error {
	errors := slices.ContainsFunc(out.Findings, func(f lint.Finding) bool { return f.Severity == fixtures.LintError })
	if errors || out.Verdict != nil && !out.Verdict.Works || out.Proof != nil && !out.Proof.Works {
		return &exitError{code: exitDeparts}
	}
	return nil
}

// rulesOf are the rules of the findings, each once.
func rulesOf(findings []lint.Finding) []fixtures.LintRule {
	var rules []fixtures.LintRule
	for _, r := range fixtures.LintRules {
		if slices.ContainsFunc(findings, func(f lint.Finding) bool { return f.Rule == r.ID }) {
			rules = append(rules, r)
		}
	}
	return rules
}

func (l *linter) print(out linted) error {
	switch {
	case l.flags.json:
		if out.Findings == nil {
			out.Findings = []lint.Finding{}
		}
		return writeJSON(l.w.stdout, out)
	case l.flags.sarif:
		return writeJSON(l.w.stdout, newSARIF(out))
	case l.flags.github:
		_, err := io.WriteString(l.w.stdout, annotations(out.Findings))
		return err
	}
	b := &strings.Builder{}
	paint := newPaint(l.w)
	for _, f := range out.Findings {
		writeLint(b, paint, f)
	}
	b.WriteString(summaryOf(paint, out))
	_, err := io.WriteString(l.w.stdout, b.String())
	return err
}

// writeLint says what is wrong, why, what it leads to and how to mend it.
func writeLint(b *strings.Builder, p paint, f lint.Finding) {
	rule, err := fixtures.LintRuleByID(f.Rule)
	if err != nil {
		rule = fixtures.LintRule{ID: f.Rule}
	}
	severity := string(f.Severity)
	if f.Severity == fixtures.LintError {
		severity = p.red(severity)
	}
	fmt.Fprintf(b, "%s: %s %s %s: %s\n    %s\n", f.Place, severity, rule.ID, rule.Name, f.Message, rule.Why)
	for _, text := range f.Deploys {
		fmt.Fprintf(b, "    deploy: %s\n", text)
	}
	for _, id := range rule.Refusals {
		a := fixtures.MustRefusal(id).Answer
		fmt.Fprintf(b, "    client: %s: %s (%s)\n", a.Error, a.Description, id)
	}
	fmt.Fprintf(b, "    fix: %s\n", rule.Fix)
	if f.Fix != nil {
		note := ""
		if f.Fix.Safe {
			note = " (--fix makes this change)"
		}
		fmt.Fprintf(b, "    as a diff%s:\n", note)
		for line := range strings.Lines(f.Fix.Diff) {
			b.WriteString("    " + line)
		}
	}
	b.WriteByte('\n')
}

// summaryOf is the last lines: how many findings, and whether the flow works.
func summaryOf(p paint, out linted) string {
	count := map[fixtures.LintSeverity]int{}
	for _, f := range out.Findings {
		count[f.Severity]++
	}
	from := ""
	if out.VersionFrom != "" {
		from = " from " + out.VersionFrom
	}
	text := fmt.Sprintf("%s: %s, %s, %s in %s (API version %d.0%s)\n", out.Project, counted(count[fixtures.LintError], "error"),
		counted(count[fixtures.LintWarning], "warning"), counted(count[fixtures.LintInfo], "info"), counted(out.Apps, "app"), out.Version, from)
	if out.Apps == 0 && len(out.Findings) == 0 {
		text += fmt.Sprintf("nothing to lint: no file of an External Client App or Connected App is in %s\n", out.searched)
	}
	if out.Fixed > 0 {
		text += fmt.Sprintf("safe changes made: %d\n", out.Fixed)
	}
	if out.Verdict != nil {
		line := out.Verdict.String()
		if out.Verdict.Works {
			line = p.green(line)
		} else {
			line = p.red(line)
		}
		text += line + "\n"
	}
	if out.Proof != nil {
		text += out.Proof.String()
	}
	return text
}
