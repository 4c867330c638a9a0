package client

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/report"
)

// shownEvents are kept at each end of a time line: a loop shows after a few rounds,
// and how it ended is worth as much.
const shownEvents = 60

// moment is an event that is put into words only if it is shown.
type moment struct {
	at   time.Time
	word func() report.Event
}

// timeline is everything that happened, in order.
func timeline(p played) []report.Event {
	moments := moments(p.evidence)
	slices.SortStableFunc(moments, func(a, b moment) int { return a.at.Compare(b.at) })
	left := max(0, len(moments)-2*shownEvents)
	line := make([]report.Event, 0, min(len(moments), 2*shownEvents+1))
	for i, m := range moments {
		at := report.Seconds(m.at.Sub(p.began))
		if left > 0 && i == shownEvents {
			line = append(line, report.Event{At: at, Kind: "mark", Text: fmt.Sprintf("%d further events are left out here", left)})
		}
		if left > 0 && i >= shownEvents && i < shownEvents+left {
			continue
		}
		event := m.word()
		event.At = at
		line = append(line, event)
	}
	return line
}

// moments are the events in no order.
func moments(e *evidence.Evidence) []moment {
	var all []moment
	add := func(at time.Time, kind, text string) {
		all = append(all, moment{at, func() report.Event { return report.Event{Kind: kind, Text: text} }})
	}
	for _, r := range e.Runs {
		add(r.Began, "start", "the client starts: "+cmp.Or(r.Operation, e.Operation))
		add(r.Ended, "end", exitText(r))
	}
	for _, m := range e.Marks {
		add(m.At, "mark", strings.ReplaceAll(m.Name, "-", " "))
	}
	for _, h := range e.Handshakes {
		if h.Err != "" || h.Fault != "" {
			add(h.At, "tls", handshakeText(h))
		}
	}
	for _, x := range e.Exchanges {
		all = append(all, moment{x.Arrived, func() report.Event { return eventOf(e, x) }})
	}
	if e.KillSwitch {
		add(e.LastRun().Ended, "mark", fmt.Sprintf("kill switch: %d requests beyond the limit were not taken any more", e.Beyond))
	}
	return all
}

func handshakeText(h evidence.Handshake) string {
	text := fmt.Sprintf("TLS handshake with the %s host", h.Role)
	if h.Fault != "" {
		text += " (" + h.Fault + ")"
	}
	switch {
	case h.Completed:
		return text + " was accepted"
	case h.Err != "":
		return text + ": " + h.Err
	}
	return text
}

func eventOf(e *evidence.Evidence, x evidence.Exchange) report.Event {
	event := report.Event{Kind: string(x.Kind), Status: x.Response.Status, Text: lineOf(redacted(e, x))}
	if !x.Answered.IsZero() {
		event.Took = report.Seconds(x.Answered.Sub(x.Arrived))
	}
	return event
}

// lineOf is an exchange in a line.
func lineOf(x evidence.Exchange) string {
	text := fmt.Sprintf("%s %s %s", x.Role, x.Request.Method, shortened(x.Request.Target, 100))
	if x.Response.Broken || x.Response.Status == 0 {
		return text + " -> connection broken off" + because(x)
	}
	text += fmt.Sprintf(" -> %d", x.Response.Status)
	if x.Response.Status >= 400 {
		text += " " + shortened(oneLine(string(x.Response.Body)), 120)
	}
	return text + because(x)
}

func because(x evidence.Exchange) string {
	if x.Response.Fault == "" {
		return ""
	}
	return " (" + x.Response.Fault + ")"
}
