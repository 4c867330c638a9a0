package client

import (
	"fmt"
	"slices"
	"time"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/scenario"
)

// loginLimit is how many logins an hour Salesforce lets a user have (facts:
// client-requirements.md section 4, point 5).
const loginLimit = 3600

// numbers are what an admin asks for, from what was played to its end.
func numbers(all []played) []report.Number {
	all = slices.DeleteFunc(slices.Clone(all), func(p played) bool { return !p.whole() })
	if len(all) == 0 {
		return nil
	}
	return []report.Number{
		loginsPerCalls(all), loginsPerHour(all), parallelLogins(all), recovery(all), surrender(all), retries(all),
	}
}

// calm says that nothing was done to the client: what it does then it does every day.
func calm(e *evidence.Evidence) bool {
	disturbed := func(x evidence.Exchange) bool { return x.Failed() || x.Response.Fault != "" }
	return len(e.Exchanges) > 0 && len(e.Marks) == 0 && !slices.ContainsFunc(e.Exchanges, disturbed)
}

func loginsPerCalls(all []played) report.Number {
	n := report.Number{Name: "logins per 1,000 API calls", Value: "not seen", Note: "no scenario without disturbances had an API call"}
	most := 0
	for _, p := range all {
		calls, logins := len(p.evidence.APICalls()), len(p.evidence.TokenRequests())
		if !calm(p.evidence) || calls <= most {
			continue
		}
		most = calls
		n.Value = fmt.Sprintf("%.0f", 1000*float64(logins)/float64(calls))
		n.Note = fmt.Sprintf("%s for %d calls in %s; one login is enough for hours", counted(logins), calls, p.name())
	}
	return n
}

// lasting is from how many logins in one start on a client is taken to go on with it:
// a few tries more or less with short pauses are no series.
const lasting = 10

func loginsPerHour(all []played) report.Number {
	n := report.Number{Name: "logins per hour, extrapolated"}
	most, rate := 0, 0.0
	for _, p := range all {
		for _, run := range p.evidence.Runs {
			logins := inRun(p.evidence.TokenRequests(), run.Number)
			most = max(most, len(logins))
			if len(logins) < lasting {
				continue
			}
			span := logins[len(logins)-1].Arrived.Sub(logins[0].Arrived)
			if r := float64(len(logins)-1) / max(span, time.Millisecond).Hours(); r > rate {
				rate = r
				n.Note = fmt.Sprintf("%d logins within %s in %s; an org takes %d an hour of a user",
					len(logins), report.Seconds(span), p.name(), loginLimit)
			}
		}
	}
	if n.Value = fmt.Sprintf("%.0f", rate); rate == 0 {
		n.Value = "no series"
		n.Note = fmt.Sprintf("never more than %s in one start; an org takes %d an hour of a user", counted(most), loginLimit)
	}
	return n
}

func parallelLogins(all []played) report.Number {
	n := report.Number{Name: "most logins in parallel", Value: "0"}
	most := 0
	for _, p := range all {
		if at := overlap(p.evidence.TokenRequests()); at > most {
			most = at
			n.Value, n.Note = fmt.Sprint(at), "in "+p.name()
		}
	}
	return n
}

// overlap is how many of the exchanges were under way at the same time. They are in
// the order of their arrival.
func overlap(of []evidence.Exchange) int {
	most := 0
	for i, x := range of {
		at := 1
		for _, before := range of[:i] {
			if before.Org == x.Org && (before.Answered.IsZero() || before.Answered.After(x.Arrived)) {
				at++
			}
		}
		most = max(most, at)
	}
	return most
}

func recovery(all []played) report.Number {
	n := report.Number{Name: "time to recover from expiry", Value: "not seen", Note: "no session that was refused was followed by a call that was answered"}
	longest := time.Duration(-1)
	for _, p := range all {
		if p.scenario.Want != scenario.Succeed {
			continue
		}
		if took, ok := recovered(p.evidence.APICalls()); ok && took > longest {
			longest = took
			n.Value = report.Seconds(took).String()
			n.Note = "from the refusal to the next call that was answered, in " + p.name()
		}
	}
	return n
}

func recovered(calls []evidence.Exchange) (time.Duration, bool) {
	refused := slices.IndexFunc(calls, func(x evidence.Exchange) bool { return x.Response.Status == 401 })
	if refused < 0 {
		return 0, false
	}
	for _, x := range calls[refused:] {
		if !x.Failed() && x.Run == calls[refused].Run {
			return x.Answered.Sub(calls[refused].Answered), true
		}
	}
	return 0, false
}

func surrender(all []played) report.Number {
	n := report.Number{Name: "time to give up on wrong credentials", Value: "not seen", Note: "no login was refused for good"}
	longest := time.Duration(-1)
	for _, p := range all {
		if !slices.Contains(scenario.RefusedForGood(), p.scenario.Name) {
			continue
		}
		for _, run := range p.evidence.Runs {
			logins := inRun(p.evidence.TokenRequests(), run.Number)
			if len(logins) == 0 || run.Ended.Sub(logins[0].Answered) <= longest {
				continue
			}
			longest = run.Ended.Sub(logins[0].Answered)
			n.Value = report.Seconds(longest).String()
			n.Note = fmt.Sprintf("after %s in %s", counted(len(logins)), p.name())
			if run.Exit.TimedOut {
				n.Value = "did not give up within " + n.Value
			}
		}
	}
	return n
}

func retries(all []played) report.Number {
	n := report.Number{Name: "retries per outage", Value: "not seen", Note: "no answer of an outage was met"}
	most := -1
	for _, p := range all {
		for _, run := range p.evidence.Runs {
			if again, met := repeated(inRun(p.evidence.Exchanges, run.Number)); met && again > most {
				most = again
				n.Value, n.Note = fmt.Sprintf("at most %d", again), "in "+p.name()
			}
		}
	}
	return n
}

// repeated is how many requests followed upon a failed one of their kind.
func repeated(of []evidence.Exchange) (count int, met bool) {
	failed := map[evidence.Kind]bool{}
	for _, x := range of {
		if failed[x.Kind] {
			count++
		}
		failed[x.Kind] = x.Response.Status == 0 || x.Response.Status == 429 || x.Response.Status >= 500
		met = met || failed[x.Kind]
	}
	return count, met
}

func counted(logins int) string {
	if logins == 1 {
		return "1 login"
	}
	return fmt.Sprintf("%d logins", logins)
}

func inRun(of []evidence.Exchange, number int) []evidence.Exchange {
	return slices.DeleteFunc(slices.Clone(of), func(x evidence.Exchange) bool { return x.Run != number })
}
