package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
)

// page is text under construction: lines of a label and what it says.
type page struct {
	strings.Builder
	// widest is the length of the longest label, if that is longer than usual.
	widest int
}

// title begins what is shown of one thing: an id may name two.
func (p *page) title(kind, id string) {
	if p.Len() > 0 {
		_ = p.WriteByte('\n')
	}
	_, _ = fmt.Fprintf(p, "%s %s\n", kind, id)
}

func (p *page) line(label, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if text == "" {
		return
	}
	width := max(p.widest, len("login history"))
	_, _ = fmt.Fprintf(p, "  %-*s %s\n", width, label, strings.ReplaceAll(text, "\n", "\n"+strings.Repeat(" ", width+3)))
}

func (s shown) write(w io.Writer) error {
	var p page
	if s.Case != nil {
		p.kase(*s.Case)
		p.line("play it", "%s", s.Play)
		p.line("run it", "%s", s.Run)
		p.curl(s.Curl)
	}
	if s.Refusal != nil {
		p.refusal(*s.Refusal)
		p.advice(s.Advice, *s.Refusal)
		p.line("cases", "%s", joined(s.Cases))
	}
	if s.Switch != nil {
		p.behaviour(*s.Switch, s.Readings)
	}
	if s.Requirement != nil {
		p.requirement(*s.Requirement, s.References)
	}
	for _, one := range s.Scenarios {
		p.scenario(one)
	}
	if s.Cause != nil {
		p.cause(*s.Cause)
		p.line("refusals", "%s", joined(s.Refusals))
	}
	s.shownMetadata.write(&p)
	_, err := io.WriteString(w, p.String())
	return err
}

// curl shows the line unless it would bury the page.
func (p *page) curl(line string) {
	const most = 8 << 10
	if len(line) > most {
		line = fmt.Sprintf("a line of %d bytes: sfconform show --json prints it", len(line))
	}
	p.line("curl", "%s", line)
}

func (p *page) kase(c fixtures.Case) {
	p.title("case", string(c.ID))
	p.line("requirement", "%s", c.Requirement)
	p.line("flow", "%s (%s)", c.Flow, c.Kind)
	if setup, err := fixtures.SetupByID(c.Setup); err == nil {
		p.line("set-up", "%s (%s)", setup.ID, setup.About)
	}
	for _, change := range c.Org {
		p.line("org", "%s", changeLine(change))
	}
	for _, e := range c.Request {
		p.line("request", "%s", editLine(e))
	}
	p.want("answer", c.Want)
	for i, step := range c.Then {
		p.step(fmt.Sprintf("then %d", i+1), step)
	}
	p.line("not live", "%s", c.LiveUnsafe)
}

func (p *page) want(label string, w fixtures.Want) {
	switch {
	case len(w.Mixed) > 0:
		p.line(label, "each of %s, and no other", strings.Join(w.Mixed, ", "))
	case w.Refusal != "":
		p.line(label, "%s: %s", w.Refusal, refusalLine(w.Refusal))
	default:
		p.line(label, "success")
	}
	for _, name := range slices.Sorted(maps.Keys(w.Fields)) {
		p.line("", "%s: %s", name, w.Fields[name])
	}
}

func (p *page) step(label string, s fixtures.Step) {
	switch {
	case len(s.Change) > 0:
		for _, c := range s.Change {
			p.line(label, "%s", changeLine(c))
		}
	case s.Advance != 0:
		p.line(label, "%s pass", s.Advance)
	case s.Token != nil:
		p.line(label, "token request, %d times", max(1, s.Token.Times))
		for _, e := range s.Token.Request {
			p.line("", "%s", editLine(e))
		}
		p.want("answer", s.Token.Want)
	case s.Call != nil:
		p.line(label, "%s %s", s.Call.Method, s.Call.Path)
		p.want("answer", s.Call.Want)
	}
}

func (p *page) refusal(r fixtures.Refusal) {
	p.title("refusal", string(r.ID))
	p.line("endpoint", "%s", r.Endpoint)
	p.line("answer", "%s", answerLine(r.Answer))
	p.line("body", "%s", r.Answer.Body())
	p.line("cause", "%s", r.Cause)
	p.line("fix", "%s", r.Fix)
	p.line("retry", "%s", r.Retry)
	p.line("login history", "%s", r.LoginStatus)
	p.line("RFC", "%s", r.RFC)
	p.line("confidence", "%s", r.Confidence)
	p.line("assumed", "%s", r.Assumed)
	p.line("not raised", "%s", r.Unraised)
	p.line("sources", "%s", strings.Join(r.Sources, "\n"))
}

func (p *page) behaviour(s fixtures.Switch, readings map[string][]fixtures.CaseID) {
	p.title("behaviour switch", string(s.ID))
	for _, name := range optionNames(s) {
		p.widest = max(p.widest, len(name))
	}
	p.line("question", "%s", s.Question)
	for _, o := range s.Options {
		p.line(o.Name, "%s%s", o.Meaning, inBrackets(strings.Join(presetsOf(s, o), ", ")))
		if cases := readings[o.Name]; len(cases) > 0 {
			p.line("", "cases: %s", joined(cases))
		}
	}
	p.line("sources", "%s", strings.Join(s.Sources, "\n"))
	p.line("choose it", "sfconform run --behaviour %s=%s", s.ID, s.Options[len(s.Options)-1].Name)
	if len(readings) > 0 {
		p.line("run its cases", "sfconform run --filter 'switch: containsAny %s'", s.ID)
	}
}

// presetsOf are the presets that answer by the option.
func presetsOf(s fixtures.Switch, o fixtures.Option) []string {
	var presets []string
	for _, preset := range []fixtures.Preset{fixtures.Observed, fixtures.DocumentedPreset} {
		if s.Default(preset) == o.Name {
			presets = append(presets, string(preset))
		}
	}
	return presets
}

func inBrackets(text string) string {
	if text == "" {
		return ""
	}
	return " (" + text + ")"
}

func refusalLine(id fixtures.RefusalID) string {
	r, err := fixtures.RefusalByID(id)
	if err != nil {
		return err.Error()
	}
	return answerLine(r.Answer)
}

func changeLine(c fixtures.Change) string {
	if c.Value == nil {
		return "remove " + c.Path
	}
	return c.Path + " = " + plain(c.Value)
}

func editLine(e fixtures.Edit) string {
	words := []string{string(e.Op)}
	if e.Name != "" {
		words = append(words, e.Name)
	}
	if e.Value != nil {
		words = append(words, plain(e.Value))
	}
	return strings.Join(words, " ")
}

func plain(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(text)
}
