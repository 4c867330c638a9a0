package judge

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// The numbers of token requests that a refusal for good may be met with
// (facts: table H, err-permanent-no-hammer): more than few warn, more than many fail.
const (
	fewRequests  = 3
	manyRequests = 10
)

// By how much gaps have to grow, and the slack on every time (facts: section 3.2).
const (
	growth = 1.3
	slack  = 0.8
)

// longWatched is how long a client that did not end must have been watched after a
// refusal for its silence to count.
const longWatched = 20 * time.Second

// doesNotHammer counts the token requests of a start.
func doesNotHammer(e *evidence.Evidence) verdict.Observation {
	r := e.LastRun()
	logins := loginsIn(e, r)
	refused := these(logins, isRefused)
	switch {
	case len(refused) == 0:
		return absent("no login was refused")
	case len(logins) > manyRequests*e.AtLeastOne():
		return broken(fmt.Sprintf("a login that was refused for good is tried %d times", len(logins)), logins...)
	case len(logins) > fewRequests*e.AtLeastOne():
		return tolerated(fmt.Sprintf("a login that was refused for good is tried %d times", len(logins)), logins...)
	case (r.Exit.TimedOut || r.Exit.Stopped) && r.Ended.Sub(refused[0].Answered) < longWatched:
		return absent("the client had to be ended soon after its first login, so that it does not show whether it would go on")
	}
	return kept(fmt.Sprintf("a login that was refused for good is tried %d times", len(logins)))
}

// tries are the token requests of a start that repeat the first one. One that tries
// the other client authentication method is no repeat, and is judged by itself; nor is
// one that another worker sent before the answer to the last try was there.
func tries(e *evidence.Evidence, r evidence.Run) []evidence.Exchange {
	var found []evidence.Exchange
	for _, x := range loginsIn(e, r) {
		if len(found) == 0 || isBasic(x) == isBasic(found[0]) && knows(e, x, found[len(found)-1]) {
			found = append(found, x)
		}
	}
	return found
}

// backsOff looks at the gaps between the tries of one login: three failures, then success.
func backsOff(e *evidence.Evidence) verdict.Observation {
	logins := tries(e, e.LastRun())
	failed := these(logins, isRefused)
	switch {
	case len(failed) == 0:
		return absent("the failure was not met")
	case len(logins) == 1:
		return broken("the client gives up at the first 503, although the next request would have been answered in time", logins...)
	case len(logins) == 2:
		return tolerated("the client tries a login twice in an outage, too few times for its gaps to show", logins...)
	}
	// What comes after the first token is no retry.
	for i, x := range logins {
		if isIssued(x) {
			logins = logins[:i+1]
			break
		}
	}
	gaps := evidence.Gaps(logins)
	if len(gaps) > 1 && !grows(gaps) && e.Workers > 1 {
		return absent(severalWorkers)
	}
	if len(gaps) > 1 && !grows(gaps) {
		return broken("the gaps between the tries of a login do not grow: "+inWords(gaps), logins...)
	}
	return kept(fmt.Sprintf("%d tries of a login, with growing gaps: %s", len(logins), inWords(gaps)))
}

// grows says whether the last gap is as long as growth at every step would make it.
// Chance in the single gaps is wanted (jitter), so that each by itself says little.
func grows(gaps []time.Duration) bool {
	want := math.Pow(growth, float64(len(gaps)-1)) * slack
	return float64(gaps[len(gaps)-1]) >= want*float64(gaps[0])
}

func inWords(gaps []time.Duration) string {
	words := make([]string, len(gaps))
	for i, g := range gaps {
		words[i] = g.Round(time.Millisecond).String()
	}
	return strings.Join(words, ", ")
}

// retriesWhenAsked: this refusal passes; where it does not, the login URL is to blame.
func retriesWhenAsked(e *evidence.Evidence) verdict.Observation {
	if len(e.Runs) == 0 || len(these(loginsIn(e, e.Runs[0]), isRefused)) == 0 {
		return absent("the refusal was not met")
	}
	first := tries(e, e.Runs[0])
	switch {
	case len(first) == 1:
		return broken("the client does not retry although the answer asks for it", first...)
	case len(these(first, isIssued)) == 0:
		return tolerated(fmt.Sprintf("the client gives up after %d tries, one before it would have succeeded", len(first)), first...)
	case len(e.Runs) < 2:
		return absent("the client was not started twice")
	}
	r := e.Runs[1]
	all := loginsIn(e, r)
	advice, _ := fixtures.AdviceFor("retry-your-request")
	switch {
	case len(all) > manyRequests*e.AtLeastOne() || r.Exit.TimedOut:
		return broken(fmt.Sprintf("the answer stays the same, and the client retries %d times without an end", len(all)), all...)
	case !advice.Explained(said(r)):
		return tolerated("the answer stays the same, and the client does not point to the login URL", all...)
	}
	return kept(fmt.Sprintf("the client retries when it is asked to, and gives up after %d tries with a hint", len(all)))
}

// severalWorkers is why the gaps between the logins of some clients say nothing.
const severalWorkers = "the client has several workers that log in for themselves, so that the gaps between its logins are not those between the tries of one"

// waitsAsTold compares the wait with the Retry-After of the answer before it.
func waitsAsTold(e *evidence.Evidence) verdict.Observation {
	seen, retried := 0, 0
	for _, r := range e.Runs {
		logins := tries(e, r)
		if len(logins) == 0 || !isRefused(logins[0]) {
			continue
		}
		seen++
		wanted, ok := retryAfter(logins[0])
		if len(logins) < 2 || !ok {
			continue
		}
		retried++
		waited := evidence.Gaps(logins)[0]
		if tooSoon := float64(waited) < slack*float64(wanted); tooSoon && e.Workers > 1 {
			return absent(severalWorkers)
		} else if tooSoon {
			return broken(fmt.Sprintf("Retry-After asks for %s, and the client comes again after %s",
				wanted.Round(time.Millisecond), waited.Round(time.Millisecond)), logins...)
		}
	}
	switch {
	case seen == 0:
		return absent("the failure was not met")
	case retried == 0:
		return tolerated("the client does not come again after a Retry-After of two seconds at most", e.TokenRequests()...)
	case retried < seen:
		return tolerated("the client comes again after one of two forms of Retry-After only", e.TokenRequests()...)
	}
	return kept("the client waits as Retry-After says, in seconds and as a date")
}

// retryAfter is the wait that an answer asks for (RFC 9110 section 10.2.3).
func retryAfter(x evidence.Exchange) (time.Duration, bool) {
	value := x.Response.Header.Get("Retry-After")
	if seconds, err := strconv.Atoi(value); err == nil {
		return time.Duration(seconds) * time.Second, true
	}
	date, err := http.ParseTime(value)
	if err != nil {
		return 0, false
	}
	return date.Sub(x.OrgTime), true
}

// The numbers of further requests at the login limit that warn and that fail
// (facts: table H, err-login-rate-exceeded).
const (
	furtherThatWarn = 1
	furtherThatFail = 5
)

func stopsAtLoginRate(e *evidence.Evidence) verdict.Observation {
	r := e.LastRun()
	logins := loginsIn(e, r)
	refused := these(logins, isRefused)
	if len(refused) == 0 {
		return absent("the refusal was not met")
	}
	// What was on its way when the refusal came could not know of it.
	further := len(these(after(logins, refused[0]), func(x evidence.Exchange) bool { return knows(e, x, refused[0]) }))
	switch {
	case further > furtherThatFail*e.AtLeastOne():
		return broken(fmt.Sprintf("the login limit is used up, and the client tries %d times more", further), logins...)
	case further > furtherThatWarn*e.AtLeastOne():
		return tolerated(fmt.Sprintf("the login limit is used up, and the client tries %d times more", further), logins...)
	case (r.Exit.TimedOut || r.Exit.Stopped) && r.Ended.Sub(refused[0].Answered) < longWatched:
		return absent("the client had to be ended soon after its first login, so that it does not show whether it would go on")
	default:
		return kept(fmt.Sprintf("at the login limit the client tries %d times more", further))
	}
}

// waitsForNewApp: either the client waits until the app is known, or it says that
// new apps take some minutes.
func waitsForNewApp(e *evidence.Evidence) verdict.Observation {
	r := e.LastRun()
	logins := loginsIn(e, r)
	spreading, _ := fixtures.AdviceByID("still-spreading")
	switch {
	case len(these(logins, isRefused)) == 0:
		return absent("the refusal was not met")
	case len(these(logins, isIssued)) > 0:
		return kept(fmt.Sprintf("the client waits until the app is known, for %d requests", len(logins)))
	case spreading.Explained(said(r)):
		return kept("the client says that a new app takes some minutes")
	}
	return broken("the app is new, and the client neither waits nor says that new apps take some minutes", logins...)
}

// livesWithFlapping: one refusal does not end a client that had just logged in.
func livesWithFlapping(e *evidence.Evidence) verdict.Observation {
	logins := e.TokenRequests()
	refused := these(logins, isRefused)
	switch {
	case len(refused) == 0:
		return absent("the client asked for one token only, so that it met no refusal")
	case e.KillSwitch || len(logins) > often:
		return broken(fmt.Sprintf("logins are refused now and then, and the client makes %d of them", len(logins)), logins...)
	case len(these(after(logins, refused[0]), isIssued)) == 0:
		return broken("the client's login had worked, and one refusal is enough for it to give up", logins...)
	}
	return kept(fmt.Sprintf("the client goes on although %d of %d logins were refused", len(refused), len(logins)))
}
