package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/sfconform/sfconform/fixtures"
)

const listHelp = `List the catalogue: the cases that sfconform runs, the refusals that Salesforce
answers with, and the behaviour switches, which are the questions that no source
settles. Without flags all of them. "sfconform show ID" says everything about one.

With --json one object is printed, for other languages; its keys are cases,
refusals and switches. New keys may be added.`

const listExamples = `  sfconform list --cases
  sfconform list --refusals
  sfconform list --json > catalogue.json`

// catalogue is what list prints as JSON. A part that was not asked for is left out.
type catalogue struct {
	Cases    []fixtures.Case    `json:"cases,omitempty"`
	Refusals []fixtures.Refusal `json:"refusals,omitempty"`
	Switches []fixtures.Switch  `json:"switches,omitempty"`
}

func newList(w world) *cobra.Command {
	var cases, refusals, switches, asJSON bool
	cmd := &cobra.Command{
		Use: "list", Short: "List the cases, refusals and behaviour switches", Long: listHelp, Example: listExamples,
		Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			all := !cases && !refusals && !switches
			var c catalogue
			if all || cases {
				c.Cases = fixtures.Cases()
			}
			if all || refusals {
				c.Refusals = fixtures.Refusals
			}
			if all || switches {
				c.Switches = fixtures.Switches
			}
			if asJSON {
				return writeJSON(w.stdout, c)
			}
			return c.write(w.stdout)
		},
	}
	cmd.Flags().BoolVar(&cases, "cases", false, "only the cases")
	cmd.Flags().BoolVar(&refusals, "refusals", false, "only the refusals")
	cmd.Flags().BoolVar(&switches, "switches", false, "only the behaviour switches")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	return cmd
}

func (c catalogue) write(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	blank := ""
	title := func(columns string, n int) {
		if n > 0 {
			_, _ = fmt.Fprintln(t, blank+columns)
			blank = "\n"
		}
	}
	title("CASE\tFLOW\tKIND\tWANTED\tREQUIREMENT", len(c.Cases))
	for _, k := range c.Cases {
		_, _ = fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", k.ID, k.Flow, k.Kind, wanted(k.Want), k.Requirement)
	}
	title("REFUSAL\tENDPOINT\tANSWER\tRETRY\tCAUSE", len(c.Refusals))
	for _, r := range c.Refusals {
		_, _ = fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", r.ID, r.Endpoint, shortened(answerLine(r.Answer)), r.Retry, r.Cause)
	}
	title("SWITCH\tOPTIONS\tQUESTION", len(c.Switches))
	for _, s := range c.Switches {
		_, _ = fmt.Fprintf(t, "%s\t%s\t%s\n", s.ID, strings.Join(optionNames(s), ", "), s.Question)
	}
	return t.Flush()
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
