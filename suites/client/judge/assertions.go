package judge

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/stage"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// assertions are the judges of group D, what an assertion says. Those without a
// scenario look at every assertion that can be read.
func assertions() []Judge {
	audience := []string{scenario.HappyPath, scenario.AudienceOfLoginHost, scenario.AudienceOfTestHost}
	return []Judge{
		{ID: "jwt-alg-rs256", Look: everyAssertion("is signed by RS256", "is not signed by RS256", func(_ *evidence.Evidence, a *evidence.Assertion) bool {
			return a.Header["alg"] == "RS256"
		})},
		{ID: "jwt-compact-base64url", Look: compact},
		{ID: "jwt-signature-valid", Look: signatureValid},
		{ID: "jwt-private-key-not-sent", Look: privateKeyNotSent},
		{ID: "jwt-iss-consumer-key", Look: claimIs("iss", stage.ClientID)},
		{ID: "jwt-sub-username", Look: subject},
		{ID: "jwt-aud-environment", In: audience, Look: audienceFits},
		{ID: "jwt-aud-shape", Look: audienceShape},
		{ID: "jwt-exp-seconds", Look: everyAssertion("says exp in seconds", "has no exp in seconds", func(_ *evidence.Evidence, a *evidence.Assertion) bool {
			exp, ok := numeric(a.Claims["exp"])
			return ok && exp < mostSeconds
		})},
		{ID: "jwt-exp-number", Look: everyAssertion("says exp as a number", "says exp as a text", func(_ *evidence.Evidence, a *evidence.Assertion) bool {
			_, isText := a.Claims["exp"].(string)
			return !isText
		})},
		{ID: "jwt-exp-window", In: []string{scenario.HappyPath}, Look: expiryWindow},
		{ID: "jwt-exp-timezone", In: []string{scenario.TimeZones}, Look: expiryTimeZone, Process: true},
		{ID: "jwt-fresh-per-request", Look: freshPerRequest},
		{ID: "jwt-jti-unique", Look: jtiUnique},
		{ID: "jwt-iat-nbf-not-future", Look: notInFuture},
		{ID: "jwt-claims-valid-json", In: []string{scenario.UnusualUsername}, Look: claimIs("sub", stage.Username)},
		{ID: "jwt-no-grant-fallback", Look: noGrantFallback},
	}
}

// mostSeconds is above every exp in seconds and below every one in milliseconds.
const mostSeconds = 100_000_000_000

// readAssertions are the assertions whose header and claims can be read.
func readAssertions(e *evidence.Evidence) []evidence.Exchange {
	return these(e.TokenRequests(), func(x evidence.Exchange) bool {
		return x.Assertion != nil && x.Assertion.Claims != nil && x.Assertion.Header != nil
	})
}

func everyAssertion(good, bad string, right func(*evidence.Evidence, *evidence.Assertion) bool) func(*evidence.Evidence) verdict.Observation {
	return func(e *evidence.Evidence) verdict.Observation {
		all := readAssertions(e)
		wrong := these(all, func(x evidence.Exchange) bool { return !right(e, x.Assertion) })
		switch {
		case len(all) == 0:
			return absent("no assertion that can be read came")
		case len(wrong) > 0:
			return broken(fmt.Sprintf("%d of %d assertions: %s", len(wrong), len(all), bad), wrong...)
		}
		return kept(fmt.Sprintf("each of %d assertions %s", len(all), good))
	}
}

var (
	base64urlPart = regexp.MustCompile(`^[A-Za-z0-9_-]*$`)
	paddedPart    = regexp.MustCompile(`^[A-Za-z0-9_-]*={0,2}$`)
)

// compact holds assertions to the compact serialization (RFC 7515 section 7.1).
// Salesforce takes padding, which the norm forbids.
func compact(e *evidence.Evidence) verdict.Observation {
	all := these(e.TokenRequests(), func(x evidence.Exchange) bool { return x.Assertion != nil })
	var padded []evidence.Exchange
	for _, x := range all {
		if len(x.Assertion.Parts) != 3 {
			return broken(fmt.Sprintf("an assertion has %d parts, not three", len(x.Assertion.Parts)), x)
		}
		for _, part := range x.Assertion.Parts {
			if !paddedPart.MatchString(part) {
				return broken("a part of an assertion is not base64url: it holds other characters than A-Z, a-z, 0-9, - and _", x)
			}
			if !base64urlPart.MatchString(part) {
				padded = append(padded, x)
			}
		}
	}
	switch {
	case len(all) == 0:
		return absent("no assertion came")
	case len(padded) > 0:
		return tolerated("assertions are padded with =, which Salesforce tolerates and RFC 7515 does not", padded...)
	}
	return kept(fmt.Sprintf("each of %d assertions has three unpadded base64url parts", len(all)))
}

// signatureValid looks at assertions that claim RS256 and can be decoded: another
// algorithm and another alphabet are judged by themselves, and so is what a client makes
// of keys that are none or that it cannot read: there is no signature that would be right.
func signatureValid(e *evidence.Evidence) verdict.Observation {
	if e.Scenario == scenario.KeyForms {
		return absent("not every private key of the scenario is one to sign with")
	}
	all := these(readAssertions(e), func(x evidence.Exchange) bool {
		return x.Assertion.Header["alg"] == "RS256" &&
			!slices.ContainsFunc(x.Assertion.Parts, func(part string) bool { return !paddedPart.MatchString(part) })
	})
	wrong := these(all, func(x evidence.Exchange) bool { return !x.Assertion.Verified })
	switch {
	case len(all) == 0:
		return absent("no assertion signed by RS256 came")
	case len(wrong) > 0:
		return broken(fmt.Sprintf("%d of %d signatures are not those of the configured key", len(wrong), len(all)), wrong...)
	}
	return kept(fmt.Sprintf("each of %d signatures is that of the configured key", len(all)))
}

func privateKeyNotSent(e *evidence.Evidence) verdict.Observation {
	var leaks []evidence.Exchange
	for _, x := range e.Exchanges {
		for _, hit := range e.Secrets.Find(wireText(x)) {
			if strings.HasPrefix(hit.Secret, "private key") {
				leaks = append(leaks, x)
			}
		}
	}
	switch {
	case len(e.Exchanges) == 0:
		return absent("no request came")
	case len(leaks) > 0:
		return broken("the private key is in a request", leaks...)
	}
	return kept(fmt.Sprintf("the private key is in none of %d requests", len(e.Exchanges)))
}

// wireText is everything that a client sent in a request.
func wireText(x evidence.Exchange) []byte {
	text := []byte(x.Request.Method + " " + x.Request.Target + "\n")
	for name, values := range x.Request.Header {
		text = append(text, name+": "+strings.Join(values, ", ")+"\n"...)
	}
	return append(text, x.Request.Body...)
}

// claimIs compares with what any identity of the scenario was given, also later. What
// becomes of a setting that is missing is judged by itself.
func claimIs(claim, setting string) func(*evidence.Evidence) verdict.Observation {
	look := everyAssertion("says "+claim+" as configured", claim+" is not what was configured", func(e *evidence.Evidence, a *evidence.Assertion) bool {
		said, isText := a.Claims[claim].(string)
		return isText && slices.Contains(given(e, setting), said)
	})
	return func(e *evidence.Evidence) verdict.Observation {
		if e.Scenario == scenario.SettingMissing {
			return absent("a setting is missing on purpose")
		}
		return look(e)
	}
}

// given are the values of a setting in the scenario, those of the second identity and
// of what was rotated in included.
func given(e *evidence.Evidence, setting string) []string {
	all := []string{e.Settings[setting]}
	if second, ok := e.Settings[setting+"_2"]; ok {
		all = append(all, second)
	}
	if setting == stage.ClientID {
		for _, p := range e.Pairs {
			all = append(all, p.ClientID)
		}
	}
	return all
}

// subject leaves a username that is hard to write to a judge of its own. prn is what
// Salesforce prefers to sub, and no norm knows it.
func subject(e *evidence.Evidence) verdict.Observation {
	if e.Scenario == scenario.UnusualUsername {
		return absent("the username is an unusual one")
	}
	withPrn := these(readAssertions(e), func(x evidence.Exchange) bool { return x.Assertion.Claims["prn"] != nil })
	o := claimIs("sub", stage.Username)(e)
	if o.Outcome == verdict.Kept && len(withPrn) > 0 {
		return tolerated("prn is sent beside sub", withPrn...)
	}
	return o
}

// audienceFits: aud is what was configured apart from the host, or names the host
// that is asked where that is the same.
func audienceFits(e *evidence.Evidence) verdict.Observation {
	want, host := e.Settings[stage.Audience], e.Settings[stage.LoginURL]
	all := readAssertions(e)
	for _, x := range all {
		aud := strings.TrimSuffix(fmt.Sprint(x.Assertion.Claims["aud"]), "/")
		own := e.Scenario == scenario.HappyPath && strings.HasPrefix(aud, host)
		if !strings.Contains(aud, stage.HostName(want)) && !own {
			return broken(fmt.Sprintf("aud is %q where %s says %q", aud, stage.Audience, want), x)
		}
	}
	if len(all) == 0 {
		return absent("no assertion that can be read came")
	}
	return kept(fmt.Sprintf("aud names %s", want))
}

var originForm = regexp.MustCompile(`^https?://[A-Za-z0-9.:\[\]-]+$`)

func audienceShape(e *evidence.Evidence) verdict.Observation {
	return everyAssertion("says aud as an origin", "aud is no single origin: a path, a slash at the end, or no scheme", func(_ *evidence.Evidence, a *evidence.Assertion) bool {
		aud, isText := a.Claims["aud"].(string)
		return isText && originForm.MatchString(aud)
	})(e)
}
