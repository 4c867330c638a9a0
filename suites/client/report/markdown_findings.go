package report

import (
	"fmt"
	"strings"

	"github.com/sfconform/sfconform/suites/client/verdict"
)

// findings adds each finding folded, the briefer ones in one list.
func (m *markdown) findings(r *Report) {
	var brief []string
	left := 0
	for _, result := range r.found() {
		if result.Verdict == verdict.Info {
			brief = append(brief, fmt.Sprintf("- %s: %s", code(string(result.ID)), prose(plainly(result))))
			continue
		}
		title := fmt.Sprintf("%s <code>%s</code> (%s): %s", summary(mark(result.Verdict)),
			summary(string(result.ID)), summary(string(result.Severity)), summary(plainly(result)))
		if !m.part("<details><summary>" + title + "</summary>\n\n" + m.finding(result) + "\n</details>") {
			left++
		}
	}
	if left > 0 {
		m.out.WriteString(number(left, "finding more is", "findings more are") + " in the full report.\n\n")
	}
	if len(brief) > 0 {
		m.folded(number(len(brief), "note", "notes"), strings.Join(brief, "\n"))
	}
}

func (m *markdown) finding(r *Result) string {
	out := &strings.Builder{}
	item := func(label, text string) {
		if text != "" {
			fmt.Fprintf(out, "- **%s:** %s\n", label, text)
		}
	}
	if len(r.Findings) == 0 {
		item("Expected", prose(r.Statement))
	}
	for i, f := range r.Findings {
		if i > 0 && !m.Verbose {
			item("Also in", prose(places(r.Findings[1:])))
			break
		}
		item("Expected", prose(f.Expected))
		item("Seen", prose(seen(f)))
		item("Scenario", prose(place(f.Scenario, f.Flow)))
		item("Question", prose(f.Question))
	}
	item("Reason", prose(r.furtherReason()))
	item("In production", prose(r.Effect))
	item("Fix", prose(r.Fix))
	item("Norm", prose(r.Norm))
	item("Public cases", code(r.Evidence))
	item("Only this", code(pasted(r.Rerun)))
	if len(r.Findings) > 0 && len(r.Findings[0].Exchanges) > 0 {
		out.WriteString("\n" + codeBlock(strings.Join(r.Findings[0].Exchanges, "\n\n")))
	}
	return out.String()
}
