package client

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/report"
)

// scenarioOf is what was played, for the report.
func scenarioOf(p played) report.Scenario {
	e := p.evidence
	s := report.Scenario{
		Name: p.scenario.Name, Title: p.scenario.Title, Flow: p.flow, Took: report.Seconds(p.took),
		Outcome: outcome(e), Line: timeline(p), Output: excerpt(e.Secrets.RedactString(e.Text())),
	}
	if advice, ok := fixtures.AdviceFor(p.scenario.Advice); ok {
		s.Ideal = advice.Filled("host", e.Hosts.Bases[evidence.Token])
	}
	return s
}

// outcome says how the starts of the client ended.
func outcome(e *evidence.Evidence) string {
	var ends []string
	for _, r := range e.Runs {
		ends = append(ends, exitText(r))
	}
	if e.KillSwitch {
		ends = append(ends, "stopped after too many requests")
	}
	if len(ends) == 0 {
		return "not started"
	}
	return strings.Join(slices.Compact(ends), ", ")
}

func exitText(r evidence.Run) string {
	took := report.Seconds(r.Ended.Sub(r.Began))
	switch x := r.Exit; {
	case x.TimedOut:
		return fmt.Sprintf("did not end within %s", took)
	case x.Unsupported:
		return "operation not supported"
	case x.Stopped:
		return fmt.Sprintf("ended %s after it was told to", report.Seconds(x.StopTook))
	case x.Signal != "":
		return "ended by signal " + x.Signal
	default:
		return fmt.Sprintf("exit %d", x.Code)
	}
}

// mostEvents bounds a time line: a loop shows after a few rounds.
const mostEvents = 120

// timeline is everything that happened, in order.
func timeline(p played) []report.Event {
	e := p.evidence
	var line []report.Event
	at := func(t time.Time) report.Seconds { return report.Seconds(t.Sub(p.began)) }
	for _, r := range e.Runs {
		line = append(line, report.Event{At: at(r.Began), Kind: "start", Text: "the client starts: " + r.Operation})
		line = append(line, report.Event{At: at(r.Ended), Kind: "end", Text: exitText(r)})
	}
	for _, m := range e.Marks {
		line = append(line, report.Event{At: at(m.At), Kind: "mark", Text: strings.ReplaceAll(m.Name, "-", " ")})
	}
	for _, h := range e.Handshakes {
		if h.Err != "" || h.Fault != "" {
			line = append(line, report.Event{At: at(h.At), Kind: "tls", Text: handshakeText(h)})
		}
	}
	for _, x := range e.Exchanges {
		line = append(line, eventOf(e, x, at(x.Arrived)))
	}
	slices.SortStableFunc(line, func(a, b report.Event) int { return int(a.At - b.At) })
	return line[:min(len(line), mostEvents)]
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

func eventOf(e *evidence.Evidence, x evidence.Exchange, at report.Seconds) report.Event {
	event := report.Event{At: at, Kind: string(x.Kind), Status: x.Response.Status, Text: lineOf(redacted(e, x))}
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

// exchangeText is an exchange as a finding shows it: the head of the request, its
// parameters, and the answer.
func exchangeText(e *evidence.Evidence, x evidence.Exchange) string {
	x = redacted(e, x)
	var b strings.Builder
	fmt.Fprintf(&b, "#%d %s %s to the %s host\n", x.Number, x.Request.Method, shortened(x.Request.Target, 200), x.Role)
	for _, name := range []string{"Authorization", "Content-Type", "Accept", "User-Agent"} {
		if v := x.Request.Header.Get(name); v != "" {
			fmt.Fprintf(&b, "  %s: %s\n", name, shortened(v, 160))
		}
	}
	if len(x.Request.Body) > 0 {
		fmt.Fprintf(&b, "  %s\n", shortened(oneLine(string(x.Request.Body)), 300))
	}
	if x.Response.Status == 0 {
		return b.String() + "-> connection broken off" + because(x)
	}
	fmt.Fprintf(&b, "-> %d%s\n  %s", x.Response.Status, because(x), shortened(oneLine(string(x.Response.Body)), 300))
	return b.String()
}

// redacted is an exchange without secrets. What is shortened later would otherwise
// be cut within one, and stay.
func redacted(e *evidence.Evidence, x evidence.Exchange) evidence.Exchange {
	x.Request.Target = e.Secrets.RedactString(x.Request.Target)
	x.Request.Body = e.Secrets.Redact(x.Request.Body[:min(len(x.Request.Body), mostShown)])
	x.Response.Body = e.Secrets.Redact(x.Response.Body[:min(len(x.Response.Body), mostShown)])
	header := http.Header{}
	for name, values := range x.Request.Header {
		for _, v := range values {
			header.Add(name, e.Secrets.RedactString(v))
		}
	}
	x.Request.Header = header
	return x
}

// mostShown is how much of a body is looked at for a line of a report; it is more
// than the longest secret.
const mostShown = 64 << 10

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

func shortened(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "..."
}

// mostOutput is how much of a client's output a report shows.
const mostOutput = 1 << 10

func excerpt(text string) string {
	text = strings.TrimSpace(text)
	if len(text) <= mostOutput {
		return text
	}
	half := mostOutput / 2
	return strings.ToValidUTF8(text[:half], "") + "\n[...]\n" + strings.ToValidUTF8(text[len(text)-half:], "")
}
