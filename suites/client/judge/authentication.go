package judge

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/stage"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// authentication are the judges of group C, client authentication, and of what of
// group A needs a scenario of its own.
func authentication() []Judge {
	hard, missing := []string{scenario.HardSecret}, []string{scenario.SettingMissing}
	return []Judge{
		{ID: "req-body-percent-encoding", In: hard, Look: bodySecret},
		{ID: "auth-basic-form-encoded", In: hard, Look: basicSecret},
		{ID: "auth-basic-first-colon", In: hard, Look: basicColon},
		{ID: "auth-method-selectable", Look: methodUsed},
		{ID: "auth-no-style-probing", Look: noStyleProbing},
		{ID: "auth-no-secret-in-jwt-flow", Look: noSecretWithAssertion},
		{ID: "auth-trim-or-reject", In: []string{scenario.SecretWithNewline}, Look: trimmed, Output: true},
		{ID: "req-no-empty-or-placeholder", In: missing, Look: noPlaceholder, Process: true},
		{ID: "auth-config-fail-fast", In: missing, Look: failsFast, Process: true},
	}
}

// bodySecret says how the hard secret arrived in a body.
func bodySecret(e *evidence.Evidence) verdict.Observation {
	want := e.Settings[stage.ClientSecret]
	all := these(e.TokenRequests(), func(x evidence.Exchange) bool {
		return x.Request.Form.Has("client_secret") && !isBasic(x)
	})
	wrong := these(all, func(x evidence.Exchange) bool { return x.Request.Form.Get("client_secret") != want })
	switch {
	case len(all) == 0:
		return unused("the client sends no secret in the body")
	case len(wrong) > 0:
		return broken(fmt.Sprintf("%d of %d bodies decode to another secret than the one configured: its %s", len(wrong), len(all),
			"special characters are not form-encoded"), wrong...)
	}
	return kept("a secret with special characters arrives as it was configured")
}

// basicSecret says how the hard secret arrived in Basic credentials: encoded, raw
// (which works for as long as secrets are alphanumeric), or spoilt.
func basicSecret(e *evidence.Evidence) verdict.Observation {
	id, secret := e.Settings[stage.ClientID], e.Settings[stage.ClientSecret]
	all := these(e.TokenRequests(), isBasic)
	if len(all) == 0 {
		return unused("the client does not use Basic authentication")
	}
	for _, x := range all {
		switch basic(x) {
		case url.QueryEscape(id) + ":" + url.QueryEscape(secret), url.PathEscape(id) + ":" + url.PathEscape(secret):
		case id + ":" + secret:
			return tolerated("the secret is sent raw in Basic credentials: it works only because Salesforce's secrets are alphanumeric", x)
		default:
			return broken("the Basic credentials decode to another secret than the one configured", x)
		}
	}
	return kept("key and secret are form-encoded before they are joined (RFC 6749 section 2.3.1)")
}

// basicColon says whether a colon in the secret survived (RFC 7617 section 2: the
// first colon ends the id).
func basicColon(e *evidence.Evidence) verdict.Observation {
	all := these(e.TokenRequests(), isBasic)
	if len(all) == 0 {
		return unused("the client does not use Basic authentication")
	}
	_, secret, _ := strings.Cut(basic(all[0]), ":")
	if decoded, err := url.QueryUnescape(secret); err == nil {
		secret = decoded
	}
	if strings.Count(secret, ":") != strings.Count(e.Settings[stage.ClientSecret], ":") {
		return broken("a colon in the secret was lost", all...)
	}
	return kept("a colon in the secret survives")
}

// methodUsed reports which client authentication method is in use.
func methodUsed(e *evidence.Evidence) verdict.Observation {
	for _, x := range e.TokenRequests() {
		switch {
		case isBasic(x):
			return kept("the client authenticates by HTTP Basic")
		case x.Request.Form.Has("client_secret"):
			return kept("the client authenticates in the body")
		}
	}
	return unused("the client sends no secret")
}

// noStyleProbing looks for a failed login that was tried by one method and then by
// the other.
func noStyleProbing(e *evidence.Evidence) verdict.Observation {
	refused := these(e.TokenRequests(), func(x evidence.Exchange) bool {
		return x.Failed() && (isBasic(x) || x.Request.Form.Has("client_secret"))
	})
	if len(refused) == 0 {
		return absent("no login with a secret was refused")
	}
	var probes []evidence.Exchange
	for _, x := range e.TokenRequests() {
		if x.Number > refused[0].Number && (isBasic(x) || x.Request.Form.Has("client_secret")) && isBasic(x) != isBasic(refused[0]) {
			probes = append(probes, x)
		}
	}
	if len(probes) > 0 {
		return broken("after a refusal the client tries the other authentication method, which doubles its failed logins", probes...)
	}
	return kept("the client keeps to one authentication method")
}

// noSecretWithAssertion: the assertion is the credential (RFC 7523 section 2.1).
func noSecretWithAssertion(e *evidence.Evidence) verdict.Observation {
	all := these(e.TokenRequests(), func(x evidence.Exchange) bool { return x.Param("assertion") != "" })
	wrong := these(all, func(x evidence.Exchange) bool { return isBasic(x) || x.Param("client_secret") != "" })
	switch {
	case len(all) == 0:
		return absent("no assertion came")
	case len(wrong) > 0:
		return broken(fmt.Sprintf("%d of %d assertions come with a client secret", len(wrong), len(all)), wrong...)
	}
	return kept("assertions come without a client secret")
}

// trimmed: a secret from a mounted file ends in a newline. It is taken off, or the
// client says what is wrong.
func trimmed(e *evidence.Evidence) verdict.Observation {
	all := e.TokenRequests()
	said := strings.ToLower(saidInAll(e))
	switch {
	case len(these(all, func(x evidence.Exchange) bool { return x.Issued != "" })) > 0:
		return kept("white space around the secret is taken off")
	case containsAny(said, "white space", "whitespace", "newline", "line end", "line break", "trailing"):
		return kept("the client says that there is white space around the secret")
	case len(all) == 0 && failing(e, e.LastRun()) && strings.Contains(said, "secret"):
		return kept("the client refuses the secret before it is sent")
	case len(all) == 0:
		return absent("no token request came")
	}
	return broken("the secret is sent with the newline behind it, and what the operator reads does not lead there", all...)
}

// noPlaceholder looks at starts with one setting missing each.
func noPlaceholder(e *evidence.Evidence) verdict.Observation {
	for _, x := range e.TokenRequests() {
		for name, values := range x.Request.Form {
			for _, v := range values {
				if isPlaceholder(v) {
					return broken(fmt.Sprintf("%s is sent as %q where the setting is missing", name, v), x)
				}
			}
		}
		if id, secret, found := strings.Cut(basic(x), ":"); found && (isPlaceholder(id) || isPlaceholder(secret)) {
			return broken("the Basic credentials hold an empty value or a placeholder where the setting is missing", x)
		}
		for _, claim := range []string{"iss", "sub", "aud"} {
			if x.Assertion != nil && isPlaceholderClaim(x.Assertion.Claims, claim) {
				return broken(fmt.Sprintf("the claim %s is an empty value or a placeholder where the setting is missing", claim), x)
			}
		}
	}
	return kept(fmt.Sprintf("in %d starts with a setting missing no empty value and no placeholder was sent", len(e.Runs)))
}

func isPlaceholderClaim(claims map[string]any, name string) bool {
	value, present := claims[name]
	text, isText := value.(string)
	return present && (value == nil || isText && isPlaceholder(text))
}

// isPlaceholder says whether a value is what languages and templates make of nothing.
func isPlaceholder(value string) bool {
	switch strings.ToLower(strings.TrimSpace(value)) {
	case "", "undefined", "null", "none", "nil", "<nil>", "<no value>":
		return true
	}
	return strings.HasPrefix(value, "${") || strings.HasPrefix(value, "{{")
}

// failsFast: a missing setting ends the client before it calls anybody, and is named.
func failsFast(e *evidence.Evidence) verdict.Observation {
	for _, r := range e.Runs {
		calls := e.InRun(r.Number)
		switch {
		case len(calls) > 0:
			return broken(fmt.Sprintf("with a setting missing the client sends %d requests", len(calls)), calls...)
		case claims(e, r):
			return broken("with a setting missing the client ends with success (exit code 0)")
		}
	}
	return kept(fmt.Sprintf("each of %d starts with a setting missing ended before the first request", len(e.Runs)))
}

// basic is what Basic credentials decode to; empty if there are none.
func basic(x evidence.Exchange) string {
	_, coded, _ := strings.Cut(x.Request.Header.Get("Authorization"), " ")
	if !isBasic(x) {
		return ""
	}
	raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(coded))
	if err != nil {
		return ""
	}
	return string(raw)
}

func containsAny(text string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}
