package client

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/report"
)

// scenarioOf is what was played, for the report.
func scenarioOf(p played) report.Scenario {
	e := p.evidence
	s := report.Scenario{
		Name: p.scenario.Name, Title: p.scenario.Title, Flow: p.flow, Took: report.Seconds(p.took),
		Outcome: outcome(p), Line: timeline(p), Output: excerpt(e.Secrets.RedactString(e.Text())),
	}
	if advice, ok := adviceOf(p.scenario); ok {
		answer, _ := firstFailure(e)
		s.Ideal = ideal(e, advice, answer)
	}
	return s
}

// outcome says how the starts of the client ended.
func outcome(p played) string {
	text := ends(p.evidence)
	if p.interrupted() {
		text += "; the run was broken off here"
	}
	if p.first != nil {
		text += " (second try; the first: " + ends(p.first) + ")"
	}
	return text
}

func ends(e *evidence.Evidence) string {
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
