package report

import (
	"strings"

	sheet "github.com/sfconform/sfconform/suites/report"
)

// page is a text of limited width that grows downwards.
type page struct {
	out strings.Builder
	Options
	sheet.Paint
}

// labelled is the column at which the texts after labels begin.
const labelled = 15

func newPage(o Options) *page { return &page{Options: o, Paint: sheet.Paint(o.Colour)} }

// line writes a line as it is: what is to be copied stays in one piece. The terminal
// may be the log of a build, which must obey nothing that a client has printed.
func (p *page) line(text string) {
	for l := range strings.SplitSeq(strings.TrimRight(text, " "), "\n") {
		p.out.WriteString(sheet.Inert(l) + "\n")
	}
}

// heading begins a section.
func (p *page) heading(text string) { p.titled(text, p.Bold) }

func (p *page) titled(text string, paint func(string) string) {
	p.line("")
	for _, l := range sheet.Wrap(sheet.Printable(text), p.width()) {
		p.line(paint(l))
	}
}

// text writes wrapped text, each line indented.
func (p *page) text(indent int, text string) {
	for _, l := range sheet.Wrap(sheet.Printable(text), p.width()-indent) {
		p.line(strings.Repeat(" ", indent) + l)
	}
}

// item writes wrapped text behind a mark that stands in the indentation.
func (p *page) item(mark, text string) {
	for i, l := range sheet.Wrap(sheet.Printable(text), p.width()-len(mark)) {
		if i > 0 {
			mark = strings.Repeat(" ", len(mark))
		}
		p.line(mark + l)
	}
}

// field writes a text behind its label; nothing if there is no text.
func (p *page) field(label, text string) {
	if text == "" {
		return
	}
	p.item("  "+label+strings.Repeat(" ", max(1, labelled-2-len(label))), text)
}

// copied is field for a text that must stay on one line to be pasted.
func (p *page) copied(label, text string) {
	if text == "" {
		return
	}
	p.line("  " + label + strings.Repeat(" ", max(1, labelled-2-len(label))) + pasted(text))
}

// pasted is a command as it is to be typed: only line breaks, which would run it in
// pieces, are spaces.
func pasted(text string) string {
	return strings.ReplaceAll(sheet.Printable(text), "\n", " ")
}

func oneLine(text string) string {
	return strings.Join(strings.Fields(sheet.Printable(text)), " ")
}
