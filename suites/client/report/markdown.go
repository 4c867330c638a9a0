package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/sfconform/sfconform/suites/client/verdict"
)

// longestComment bounds the Markdown: GitHub takes comments of 65,536 characters, and
// there must be room to say what was left out.
const longestComment = 60000

// WriteMarkdown writes the report for a comment on a pull request: short, with the
// findings folded in.
func WriteMarkdown(w io.Writer, r *Report, o Options) error {
	m := &markdown{Options: o}
	m.top(r)
	m.first(r)
	m.since(r)
	m.notTested(r)
	m.waivers(r)
	m.findings(r)
	m.facts(r)
	if r.Run.Rerun != "" {
		m.part("The same run again:\n\n" + codeBlock(pasted(r.Run.Rerun)))
	}
	_, err := io.WriteString(w, m.out.String())
	return err
}

type markdown struct {
	out strings.Builder
	Options
}

// part adds a paragraph or block; false if the comment is full.
func (m *markdown) part(text string) bool {
	if m.out.Len()+len(text) > longestComment {
		return false
	}
	m.out.WriteString(strings.TrimRight(text, "\n") + "\n\n")
	return true
}

// folded adds a block that opens at a click; a line in its place if the comment is full.
func (m *markdown) folded(summary, text string) {
	if !m.part(fmt.Sprintf("<details><summary>%s</summary>\n\n%s\n\n</details>", summary, strings.TrimRight(text, "\n"))) {
		m.out.WriteString(summary + ": too long for a comment, see the full report.\n\n")
	}
}

func (m *markdown) top(r *Report) {
	title := "### sfconform: " + prose(string(r.Standing))
	m.part(title)
	m.part("**" + prose(r.counted()) + "**")
	m.part(prose(r.Run.line()) + "<br>\n<sub>" + prose(r.Claim()) + "</sub>")
	for _, e := range r.Errors {
		m.part("**Error of the harness:** " + prose(e))
	}
}

func (m *markdown) first(r *Report) {
	lines := []string{"**Fix first**\n"}
	for i, result := range r.firstResults() {
		line := fmt.Sprintf("%d. %s (%s)", i+1, prose(plainly(result)), code(string(result.ID)))
		if result.Effect != "" {
			line += " In production: " + prose(result.Effect)
		}
		lines = append(lines, line)
	}
	if len(lines) > 1 {
		m.part(strings.Join(lines, "\n"))
	}
}

func (m *markdown) since(r *Report) {
	if r.Since == nil {
		return
	}
	lines := []string{"**Since the run of " + prose(r.Since.Before.String()) + "**\n"}
	for _, l := range r.Since.lines() {
		lines = append(lines, "- "+prose(l))
	}
	m.part(strings.Join(lines, "\n"))
}

func (m *markdown) notTested(r *Report) {
	omitted := r.omissions()
	if len(omitted) == 0 {
		return
	}
	counts := map[verdict.Verdict]int{}
	var lines, kinds []string
	for _, o := range omitted {
		if counts[o.Kind] == 0 {
			kinds = append(kinds, string(o.Kind))
		}
		counts[o.Kind] += len(o.What)
		lines = append(lines, fmt.Sprintf("- **%s**: %s: %s", prose(string(o.Kind)), prose(o.Why), code(strings.Join(o.What, ", "))))
	}
	for i, k := range kinds {
		kinds[i] = fmt.Sprintf("%d %s", counts[verdict.Verdict(k)], k)
	}
	m.folded("<b>Not tested:</b> "+summary(strings.Join(kinds, ", ")), strings.Join(lines, "\n"))
}

func (m *markdown) waivers(r *Report) {
	var lines []string
	for _, w := range r.waived() {
		lines = append(lines, "- "+prose(w.String()))
	}
	if len(lines) > 0 {
		m.folded(number(len(lines), "waiver", "waivers"), strings.Join(lines, "\n"))
	}
}

func (m *markdown) facts(r *Report) {
	rows := []string{"| | |\n|---|---|"}
	for _, n := range r.Numbers {
		value := n.Value
		if n.Note != "" {
			value += " (" + n.Note + ")"
		}
		rows = append(rows, fmt.Sprintf("| %s | %s |", prose(n.Name), prose(value)))
	}
	for _, f := range r.Fingerprint {
		rows = append(rows, fmt.Sprintf("| %s | %s |", prose(f.Name), cell(f.Value)))
	}
	rows = append(rows, fmt.Sprintf("| secrets | %s |", prose(r.Secrets.summary())))
	m.folded("Numbers, fingerprint and secrets", strings.Join(rows, "\n"))
}
