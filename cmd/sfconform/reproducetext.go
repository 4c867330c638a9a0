package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/reproduce"
)

// recipe is what reproduce prints about a fake that runs.
type recipe struct {
	reproduce.Plan
	Variables map[string]string `json:"variables"`
	// Answers are the refusals in the org's own words.
	Answers []string `json:"answers,omitempty"`
	// Show is the command that shows the error; Client is the same by sfclient, where
	// its settings can say it. Stopped is who stops it where no request is made.
	Show    string `json:"show,omitempty"`
	Client  string `json:"client,omitempty"`
	Stopped string `json:"stopped,omitempty"`
	// Change are the commands that make the one change, Works the one that works then.
	Change  []string `json:"change,omitempty"`
	Works   string   `json:"works,omitempty"`
	Control string   `json:"control"`
	// key is the private key of a client of the JWT bearer flow, which is handed out as a file.
	key string
}

// variableOrder is the order in which variables are printed.
var variableOrder = []string{
	"SF_LOGIN_URL", "SF_TOKEN_URL", "SF_CLIENT_ID", "SF_CLIENT_SECRET", "SF_USERNAME", "SF_PRIVATE_KEY_FILE", "SF_AUDIENCE", "SF_ALLOW_LOOPBACK_HTTP", "MOCKSF_CONTROL_URL",
}

func (r recipe) write(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s %s: %s\n", r.Kind, r.ID, oneLine(r.What))
	if r.Thread != "" {
		fmt.Fprintf(&b, "# %s\n", r.Thread)
	}
	for _, name := range variableOrder {
		if value := r.Variables[name]; value != "" {
			fmt.Fprintf(&b, "export %s='%s'\n", name, strings.ReplaceAll(value, "'", `'\''`))
		}
	}
	r.writeError(&b)
	fmt.Fprintf(&b, "\n# The one change: %s\n", oneLine(r.Cure.Text))
	if r.Cure.Setup != "" {
		fmt.Fprintf(&b, "# On the real service: %s\n", oneLine(r.Cure.Setup))
	}
	for _, c := range r.Change {
		fmt.Fprintln(&b, c)
	}
	if r.Works != "" {
		fmt.Fprintf(&b, "\n# This works then:\n%s\n", r.Works)
	}
	fmt.Fprintf(&b, "\n# Control API: %s. Ctrl-C ends it.\n", r.Control)
	_, err := io.WriteString(w, b.String())
	return err
}

func (r recipe) writeError(b *strings.Builder) {
	switch {
	case r.Stopped != "":
		fmt.Fprintf(b, "\n# No request is made: %s\n", oneLine(r.Stopped))
	case len(r.Answers) == 0:
		fmt.Fprintln(b, "\n# This works:")
	default:
		fmt.Fprintf(b, "\n# This shows the error: %s\n", strings.Join(r.Answers, ", "))
	}
	if r.Show != "" {
		fmt.Fprintln(b, r.Show)
	}
	if r.Client != "" {
		fmt.Fprintf(b, "# or, with the variables: %s\n", r.Client)
	}
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// controlCommands are the curl lines by which a cure is made over the control API.
func controlCommands(control string, cure reproduce.Cure) ([]string, error) {
	var commands []string
	post := func(path string, body any) error {
		text, err := json.Marshal(body)
		if err == nil {
			commands = append(commands, fmt.Sprintf("curl -sS -H 'Content-Type: application/json' -d '%s' %s", strings.ReplaceAll(string(text), "'", `'\''`), control+path))
		}
		return err
	}
	if len(cure.Org) > 0 {
		if err := post("/changes", map[string]any{"changes": cure.Org}); err != nil {
			return nil, err
		}
	}
	if cure.Wait > 0 {
		return commands, post("/clock", map[string]any{"advance": cure.Wait})
	}
	return commands, nil
}

// answersOf are the refusals in the org's own words.
func answersOf(ids []fixtures.RefusalID) []string {
	var answers []string
	for _, id := range ids {
		if r, err := fixtures.RefusalByID(id); err == nil {
			if line := shownAnswer(r.Answer); !slices.Contains(answers, line) {
				answers = append(answers, line)
			}
		}
	}
	return answers
}

// shownAnswer is the answer in one line: of a page its title, of a text with blanks the
// rest.
func shownAnswer(a fixtures.Answer) string {
	a.Description = a.Elided()
	if _, after, ok := strings.Cut(a.Text, "<title>"); ok {
		title, _, _ := strings.Cut(after, "</title>")
		a.Text = "page " + title
	}
	return answerLine(a)
}

// writeProof says what a verification found out.
func writeProof(w world, p reproduce.Proof) error {
	paint := newPaint(w)
	var b strings.Builder
	verdict := paint.green("reproduced")
	if !p.OK() {
		verdict = paint.red("not reproduced")
	}
	fmt.Fprintf(&b, "%s: %s: %s\n", p.ID, verdict, oneLine(p.What))
	if len(p.Refusals) > 0 {
		fmt.Fprintf(&b, "  seen:   %s\n", strings.Join(answersOf(p.Refusals), ", "))
	}
	fmt.Fprintf(&b, "  change: %s\n", oneLine(p.Cure.Text))
	if p.Cure.Setup != "" {
		fmt.Fprintf(&b, "          on the real service: %s\n", oneLine(p.Cure.Setup))
	}
	switch {
	case p.OK() && p.Cure.Repeats:
		fmt.Fprintln(&b, "  after:  a real login works, and the call that was refused")
	case p.OK():
		fmt.Fprintln(&b, "  after:  a real login works")
	default:
		fmt.Fprintf(&b, "  problem: %s\n", p.Problem)
	}
	_, err := io.WriteString(w.stdout, b.String())
	return err
}
