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
	end := "\n"
	if isTerminal(p.w.stderr) {
		end = "\r"
	}
	_, _ = fmt.Fprintf(p.w.stderr, "%d of %d checks done%s", done, total, end)
}

// end leaves the line of a terminal clean for what follows.
func (p *progress) end() {
	if p.shown && isTerminal(p.w.stderr) {
		_, _ = fmt.Fprint(p.w.stderr, "\r\033[K")
	}
}

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
	end := "\n"
	if isTerminal(p.w.stderr) {
		end = "\033[K\r"
	}
	_, _ = fmt.Fprintf(p.w.stderr, "%d of %d scenarios played: %s, %s%s", s.Done, s.Total, s.Scenario, s.Flow, end)
}
