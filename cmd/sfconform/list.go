package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/sfconform/sfconform/fixtures"
)

const listHelp = `List the catalogue: the cases that sfconform runs, the refusals that Salesforce
answers with, the behaviour switches, which are the questions that no source
settles, the requirements that a client is held to, the scenarios in which a client
is watched, the causes that explain names, the set-up guides, the rules of lint, and
what deploys fail with. Without flags all of them.
"sfconform show ID" says everything about one.

With --json one object is printed, for other languages; its keys are cases,
refusals, switches, requirementSet, requirements, scenarios, causes, guides, lintRules
and deployErrors. New keys may be added.`

const listExamples = `  sfconform list --cases
  sfconform list --requirements
  sfconform list --json > catalogue.json`

// catalogue is what list prints as JSON. A part that was not asked for is left out.
type catalogue struct {
	Cases    []fixtures.Case    `json:"cases,omitempty"`
	Refusals []fixtures.Refusal `json:"refusals,omitempty"`
	Switches []fixtures.Switch  `json:"switches,omitempty"`
	// RequirementSet is the name of the set that Requirements is.
	RequirementSet string                 `json:"requirementSet,omitempty"`
	Requirements   []fixtures.Requirement `json:"requirements,omitempty"`
	Scenarios      []situation            `json:"scenarios,omitempty"`
	Causes         []fixtures.Cause       `json:"causes,omitempty"`
	Guides         []fixtures.Guide       `json:"guides,omitempty"`
	LintRules      []fixtures.LintRule    `json:"lintRules,omitempty"`
	DeployErrors   []fixtures.DeployError `json:"deployErrors,omitempty"`
}

// part is one table of the catalogue.
type part struct {
	flag, usage string
	add         func(*catalogue)
}

var parts = []part{
	{"cases", "only the cases", func(c *catalogue) { c.Cases = fixtures.Cases() }},
	{"refusals", "only the refusals", func(c *catalogue) { c.Refusals = fixtures.Refusals }},
	{"switches", "only the behaviour switches", func(c *catalogue) { c.Switches = fixtures.Switches }},
	{"requirements", "only the requirements of a client", func(c *catalogue) {
		c.RequirementSet, c.Requirements = fixtures.RequirementSet, fixtures.Requirements()
	}},
	{"scenarios", "only the scenarios of the client suite", func(c *catalogue) { c.Scenarios = situations() }},
	{"causes", "only the causes", func(c *catalogue) { c.Causes = fixtures.Causes() }},
	{"guides", "only the set-up guides", func(c *catalogue) { c.Guides = fixtures.Guides() }},
	{"lint-rules", "only the rules of lint", func(c *catalogue) { c.LintRules = fixtures.LintRules }},
	{"deploy-errors", "only what deploys fail with", func(c *catalogue) { c.DeployErrors = fixtures.AllDeployErrors() }},
}

func newList(w world) *cobra.Command {
	var asJSON bool
	asked := make([]bool, len(parts))
	cmd := &cobra.Command{
		Use: "list", Short: "List the cases, refusals, switches, client requirements, causes, lint rules and all else that has an id",
		Long: listHelp, Example: listExamples, Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			c := selected(asked)
			if asJSON {
				return writeJSON(w.stdout, c)
			}
			return c.write(w.stdout)
		},
	}
	for i, p := range parts {
		cmd.Flags().BoolVar(&asked[i], p.flag, false, p.usage)
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	return cmd
}

// selected is the catalogue with the parts that were asked for, or with all if none was.
func selected(asked []bool) catalogue {
	var c catalogue
	all := !slices.Contains(asked, true)
	for i, p := range parts {
		if all || asked[i] {
			p.add(&c)
		}
	}
	return c
}

// listing is tables under construction, with a blank line between them.
type listing struct {
	*tabwriter.Writer
	begun bool
}

// table begins a table of n rows; one without rows is left out.
func (l *listing) table(columns string, n int) {
	if n == 0 {
		return
	}
	if l.begun {
		_, _ = fmt.Fprintln(l)
	}
	l.begun = true
	_, _ = fmt.Fprintln(l, columns)
}

func (l *listing) row(cells ...any) {
	_, _ = fmt.Fprintf(l, strings.TrimSuffix(strings.Repeat("%v\t", len(cells)), "\t")+"\n", cells...)
}

func (c catalogue) write(w io.Writer) error {
	l := &listing{Writer: tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)}
	l.table("CASE\tFLOW\tKIND\tWANTED\tREQUIREMENT", len(c.Cases))
	for _, k := range c.Cases {
		l.row(k.ID, k.Flow, k.Kind, wanted(k.Want), k.Requirement)
	}
	l.table("REFUSAL\tENDPOINT\tANSWER\tRETRY\tCAUSE", len(c.Refusals))
	for _, r := range c.Refusals {
		l.row(r.ID, r.Endpoint, shortened(answerLine(r.Answer)), r.Retry, r.Cause)
	}
	l.table("SWITCH\tOPTIONS\tQUESTION", len(c.Switches))
	for _, s := range c.Switches {
		l.row(s.ID, strings.Join(optionNames(s), ", "), s.Question)
	}
	l.table("CLIENT REQUIREMENT\tSEVERITY\tGROUP\tJUDGED\tSTATEMENT", len(c.Requirements))
	for _, r := range c.Requirements {
		l.row(r.ID, r.Severity, r.Group, judged(r), r.Statement)
	}
	l.table("SCENARIO\tOPERATION\tFLOWS\tTITLE", len(c.Scenarios))
	for _, s := range c.Scenarios {
		l.row(s.Name, s.Operation, joined(s.Flows), s.Title)
	}
	l.table("CAUSE\tFAMILY\tMEANING", len(c.Causes))
	for _, k := range c.Causes {
		l.row(k.ID, k.Family, k.Meaning)
	}
	l.table("GUIDE\tFLOW\tSTEPS\tSUMMARY", len(c.Guides))
	for _, g := range c.Guides {
		l.row(g.ID, g.Flow, len(g.Steps), g.Summary)
	}
	l.metadata(c)
	return l.Flush()
}

// metadata are the tables of what metadata files can have wrong.
func (l *listing) metadata(c catalogue) {
	l.table("LINT RULE\tSEVERITY\tNAME\tWHAT", len(c.LintRules))
	for _, r := range c.LintRules {
		l.row(r.ID, r.Severity, r.Name, r.What)
	}
	l.table("DEPLOY ERROR\tSAID BY\tTEXT", len(c.DeployErrors))
	for _, e := range c.DeployErrors {
		l.row(e.ID, saidBy(e), shortened(cmp.Or(e.Text, "(no source has it)")))
	}
}

func judged(r fixtures.Requirement) string {
	if r.Unjudged == "" {
		return "yes"
	}
	return "no"
}

func wanted(w fixtures.Want) string {
	if w.Refusal == "" {
		return fixtures.Success
	}
	return string(w.Refusal)
}

// answerLine is an answer in one line: status, error and description.
func answerLine(a fixtures.Answer) string {
	if a.Format == fixtures.FormatNone {
		return "no answer"
	}
	words := []string{fmt.Sprint(a.Status)}
	if a.Error != "" {
		words = append(words, a.Error)
	}
	if a.Description != "" {
		words = append(words, fmt.Sprintf("%q", a.Description))
	}
	if a.Error == "" && a.Text != "" {
		first, _, _ := strings.Cut(strings.TrimSpace(a.Text), "\n")
		words = append(words, first[:min(len(first), 60)])
	}
	return strings.Join(words, " ")
}

// shortened keeps a column readable.
func shortened(text string) string {
	const most = 72
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most-3], "") + "..."
}

func optionNames(s fixtures.Switch) []string {
	var names []string
	for _, o := range s.Options {
		names = append(names, o.Name)
	}
	return names
}
