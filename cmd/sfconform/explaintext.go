package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/sfconform/sfconform/suites/explain"
)

const (
	// inFull is how many causes are told in full; of the others the name and what decides.
	inFull = 3
	// columns is the width that the text is wrapped to.
	columns = 100
)

func (f explainFlags) print(w world, a explain.Answer) error {
	if f.json {
		return writeJSON(w.stdout, a)
	}
	var b strings.Builder
	for _, note := range a.Notes {
		_, _ = fmt.Fprintf(&b, "note: %s\n", note)
	}
	for i, finding := range a.Causes {
		writeFinding(&b, i, finding)
	}
	if a.Ambiguous != "" {
		entry(&b, "\n", "ambiguous", a.Ambiguous)
	}
	if len(a.Collect) > 0 {
		_, _ = fmt.Fprintln(&b, "\nAsk for next:")
		for _, item := range a.Collect {
			_, _ = fmt.Fprintf(&b, "  - %s\n", item)
		}
	}
	_, err := io.WriteString(w.stdout, b.String())
	return err
}

func writeFinding(b *strings.Builder, i int, f explain.Finding) {
	if i > 0 {
		_ = b.WriteByte('\n')
	}
	_, _ = fmt.Fprintf(b, "%d. %s (%s, %.2f)\n", i+1, f.ID, f.Word, f.Confidence)
	entry(b, "", "", f.Meaning)
	if i >= inFull {
		entry(b, "", "decides", f.TellApart)
		return
	}
	for _, text := range f.Evidence {
		entry(b, "", "evidence", text)
	}
	entry(b, "", "decides", f.TellApart)
	entry(b, "", "wait", f.Wait)
	entry(b, "", "fix", f.Fix)
	for _, m := range f.Metadata {
		entry(b, "", "metadata", fmt.Sprintf("%s: %s = %s", m.File, m.Element, m.Value))
	}
	entry(b, "", "guide", f.GuideStep)
	if f.Case != "" {
		entry(b, "", "next", fmt.Sprintf("sfconform reproduce %s starts a fake org with this cause; sfconform show %s tells more", f.Case, f.Case))
	}
}

// entry is a label and its text, wrapped under itself.
func entry(b *strings.Builder, before, label, text string) {
	if text == "" {
		return
	}
	const indent = "             "
	line := fmt.Sprintf("   %-9s ", label)
	if label == "" {
		line = "   "
	}
	_, _ = b.WriteString(before)
	for word := range strings.FieldsSeq(text) {
		if len(line)+len(word) > columns && strings.TrimSpace(line) != "" {
			_, _ = fmt.Fprintln(b, strings.TrimRight(line, " "))
			if line = indent; label == "" {
				line = "   "
			}
		}
		line += word + " "
	}
	_, _ = fmt.Fprintln(b, strings.TrimRight(line, " "))
}
