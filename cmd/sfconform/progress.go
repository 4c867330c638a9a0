package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/term"

	"github.com/sfconform/sfconform/suites/client"
)

// progress tells how far a run has come once it takes over a second.
type progress struct {
	w       world
	started time.Time
	told    time.Time
	shown   bool
}

func newProgress(w world) *progress {
	now := w.now()
	return &progress{w: w, started: now, told: now}
}

func (p *progress) tell(done, total int) {
	now := p.w.now()
	if now.Sub(p.told) < time.Second {
		return
	}
	p.told, p.shown = now, true
	p.line(fmt.Sprintf("%d of %d checks done", done, total))
}

// line writes over the line before on a terminal, as wide as that is: a line that wraps
// could not be written over. Elsewhere each line stays.
func (p *progress) line(text string) {
	if !steered(p.w) {
		_, _ = fmt.Fprintln(p.w.stderr, text)
		return
	}
	if most := columnsOf(p.w.stderr) - 1; most > 0 && len(text) > most {
		text = text[:most]
	}
	_, _ = fmt.Fprint(p.w.stderr, text+"\033[K\r")
}

// end leaves the line of a terminal clean for what follows.
func (p *progress) end() {
	if p.shown && steered(p.w) {
		_, _ = fmt.Fprint(p.w.stderr, "\r\033[K")
	}
}

// steered says whether stderr is a terminal that can do more than print.
func steered(w world) bool { return isTerminal(w.stderr) && w.env("TERM") != "dumb" }

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// tellScenario tells which scenario a run of the client suite has come to.
func (p *progress) tellScenario(s client.Progress) {
	now := p.w.now()
	if now.Sub(p.told) < time.Second {
		return
	}
	p.told, p.shown = now, true
	p.line(fmt.Sprintf("%d of %d scenarios played: %s, %s", s.Done, s.Total, s.Scenario, s.Flow))
}
