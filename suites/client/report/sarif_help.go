package report

import (
	"fmt"
	"strings"
)

func plainHelp(label, text string) string    { return label + ": " + oneLine(text) }
func markdownHelp(label, text string) string { return fmt.Sprintf("**%s:** %s\n", label, prose(text)) }

// help is what code scanning shows beside an alert.
func (r *Result) help(as func(label, text string) string) string {
	var lines []string
	for _, l := range []struct{ label, text string }{
		{"The client must", r.Statement},
		{"In production", r.Effect},
		{"Fix", r.Fix},
		{"Norm", r.Norm},
		{"Public cases", r.Evidence},
		{"Judge only this again", r.Rerun},
	} {
		if l.text != "" {
			lines = append(lines, as(l.label, l.text))
		}
	}
	return strings.Join(lines, "\n")
}
