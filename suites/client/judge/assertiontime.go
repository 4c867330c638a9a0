package judge

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// numeric is a claim as a number, also from a text: Salesforce's own sample has one.
func numeric(claim any) (int64, bool) {
	var n json.Number
	switch v := claim.(type) {
	case json.Number:
		n = v
	case string:
		n = json.Number(v)
	}
	whole, err := n.Int64()
	if f, floatErr := n.Float64(); err != nil && floatErr == nil {
		return int64(f), true
	}
	return whole, err == nil
}

// life is how long an assertion was still good when it came, by the org's clock. One
// that says milliseconds, which is judged by itself, is taken by what it means.
func life(x evidence.Exchange) (time.Duration, bool) {
	exp, ok := numeric(x.Assertion.Claims["exp"])
	if !ok {
		return 0, false
	}
	if exp >= mostSeconds {
		return time.UnixMilli(exp).Sub(x.OrgTime), true
	}
	return time.Unix(exp, 0).Sub(x.OrgTime), true
}

// Bounds of an assertion's life: what the documentation says, and what widespread
// clients send and Salesforce takes (client-requirements.md jwt-exp-window).
const (
	documentedLife = 3*time.Minute + 5*time.Second
	usualLife      = 5*time.Minute + 5*time.Second
)

func expiryWindow(e *evidence.Evidence) verdict.Observation {
	for _, x := range readAssertions(e) {
		left, ok := life(x)
		switch {
		case !ok:
			continue
		case left <= 0:
			return broken(fmt.Sprintf("an assertion had expired %s before it came", -left.Round(time.Second)), x)
		case left > usualLife:
			return broken(fmt.Sprintf("an assertion lives for %s, not for three minutes at most", left.Round(time.Second)), x)
		case left > documentedLife:
			return tolerated(fmt.Sprintf("an assertion lives for %s: Salesforce documents three minutes, and takes five", left.Round(time.Second)), x)
		}
		return kept(fmt.Sprintf("an assertion lives for %s", left.Round(time.Second)))
	}
	return absent("no assertion with an exp came")
}

// expiryTimeZone compares the life of assertions made in several time zones.
func expiryTimeZone(e *evidence.Evidence) verdict.Observation {
	var lives []time.Duration
	for _, r := range e.Runs {
		for _, x := range e.InRun(r.Number) {
			if x.Assertion == nil || x.Assertion.Claims == nil {
				continue
			}
			if left, ok := life(x); ok {
				lives = append(lives, left)
			}
			break
		}
	}
	if len(lives) < len(e.Runs) || len(lives) < 2 {
		return absent("not every time zone led to an assertion with an exp")
	}
	for _, left := range lives[1:] {
		if difference := (left - lives[0]).Abs(); difference > time.Minute {
			return broken(fmt.Sprintf("the life of an assertion depends on the time zone: %v", rounded(lives)))
		}
	}
	return kept(fmt.Sprintf("the life of an assertion is the same in %d time zones", len(lives)))
}

func rounded(all []time.Duration) []time.Duration {
	for i := range all {
		all[i] = all[i].Round(time.Second)
	}
	return all
}

// notInFuture looks where the clocks agree.
func notInFuture(e *evidence.Evidence) verdict.Observation {
	if e.Scenario == scenario.ClockBehind || e.Scenario == scenario.ClockAhead {
		return absent("the clocks are apart on purpose")
	}
	return everyAssertion("says no iat or nbf of the future", "iat or nbf is more than a minute ahead", func(_ *evidence.Evidence, a *evidence.Assertion) bool {
		for _, claim := range []string{"iat", "nbf"} {
			if at, ok := numeric(a.Claims[claim]); ok && time.Unix(at, 0).After(arrivalOf(e, a).Add(time.Minute)) {
				return false
			}
		}
		return true
	})(e)
}

func arrivalOf(e *evidence.Evidence, a *evidence.Assertion) time.Time {
	for _, x := range e.Exchanges {
		if x.Assertion == a {
			return x.OrgTime
		}
	}
	return time.Time{}
}
