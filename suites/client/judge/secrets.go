package judge

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// secrets are the judges of group I, where a client's secrets turn up. They search
// in every scenario, but for those that lead secrets astray to judge just that.
func secrets() []Judge {
	return []Judge{
		{ID: "secret-not-in-output", Look: notInOutput(false), Output: true},
		{ID: "secret-not-in-errors", Look: notInOutput(true), Output: true},
		{ID: "secret-not-on-argv", Look: notOnArguments, Output: true},
		{ID: "secret-only-to-token-host", Look: onlyToTokenHost},
		{ID: "secret-token-not-in-url", Look: tokenNotInURL},
		{ID: "secret-token-right-host", In: []string{scenario.NextPageElsewhere}, Look: tokenRightHost, Calls: 2},
		{ID: "secret-no-files-left", Look: noFilesLeft, Output: true},
		{ID: "secret-no-http-cache", Look: noHTTPCache, Output: true},
	}
}

// notInOutput searches what the client wrote in the starts that failed, or in the others.
func notInOutput(failed bool) func(*evidence.Evidence) verdict.Observation {
	return func(e *evidence.Evidence) verdict.Observation {
		searched := 0
		for _, r := range e.Runs {
			if failing(e, r) != failed {
				continue
			}
			searched++
			for _, stream := range []struct {
				name string
				text string
			}{{"stdout", r.Stdout.Text()}, {"stderr", r.Stderr.Text()}, {"the error", r.Err}} {
				if hits := e.Secrets.Find([]byte(stream.text)); len(hits) > 0 {
					h := hits[0]
					return broken(fmt.Sprintf("the %s is in %s, line %d (%s)", h.Secret, stream.name, h.Line, h.Encoding))
				}
			}
		}
		if searched == 0 {
			return absent("no start of the client ended in this way")
		}
		return kept(fmt.Sprintf("no secret in the output of %d starts", searched))
	}
}

func notOnArguments(e *evidence.Evidence) verdict.Observation {
	seen := 0
	for _, r := range e.Runs {
		for _, line := range r.Arguments {
			seen++
			if hits := e.Secrets.Find([]byte(line)); len(hits) > 0 {
				return broken(fmt.Sprintf("the %s is on a command line, where every user of the machine can read it", hits[0].Secret))
			}
		}
	}
	if seen == 0 {
		return absent("no command line could be read")
	}
	return kept(fmt.Sprintf("no secret on %d command lines", seen))
}

// astray are the scenarios that lead a client's secrets astray: what it does there is
// judged by itself.
var astray = []string{
	scenario.TokenRedirected, scenario.CallRedirected, scenario.InstanceElsewhere, scenario.NextPageElsewhere, scenario.PlainLogin,
	scenario.PlainInstance,
}

// onlyToTokenHost: the consumer secret and the assertion are for the token endpoint.
func onlyToTokenHost(e *evidence.Evidence) verdict.Observation {
	if slices.Contains(astray, e.Scenario) {
		return absent("the scenario leads secrets astray on purpose")
	}
	if len(e.Exchanges) == 0 {
		return absent("no request came")
	}
	var wrong []evidence.Exchange
	for _, x := range e.Exchanges {
		if forSecrets(x) {
			continue
		}
		for _, hit := range e.Secrets.Find(wireText(x)) {
			if !strings.HasPrefix(hit.Secret, "access token") && !strings.HasPrefix(hit.Secret, "private key") {
				wrong = append(wrong, x)
			}
		}
	}
	if len(wrong) > 0 {
		return broken(fmt.Sprintf("%d requests that are no token requests of the login host carry the secret or the assertion", len(wrong)), wrong...)
	}
	return kept(fmt.Sprintf("of %d requests only those to the token endpoint carry a secret", len(e.Exchanges)))
}

// forSecrets says whether a request is where a client secret belongs: the token
// endpoint, and those that ask for client authentication (RFC 7009, RFC 7662).
func forSecrets(x evidence.Exchange) bool {
	return x.Role != evidence.Foreign && (x.Kind == evidence.TokenRequest || x.Kind == evidence.Introspect || x.Kind == evidence.RevokeCall)
}

func tokenNotInURL(e *evidence.Evidence) verdict.Observation {
	if len(e.Exchanges) == 0 {
		return absent("no request came")
	}
	wrong := these(e.Exchanges, func(x evidence.Exchange) bool {
		urls := x.Request.Target + "\n" + x.Request.Header.Get("Referer")
		return slices.ContainsFunc(e.Secrets.Find([]byte(urls)), isAccessToken)
	})
	if len(wrong) > 0 {
		return broken(fmt.Sprintf("%d of %d requests carry the access token in the URL", len(wrong), len(e.Exchanges)), wrong...)
	}
	return kept(fmt.Sprintf("none of %d requests carries the access token in the URL", len(e.Exchanges)))
}

func tokenRightHost(e *evidence.Evidence) verdict.Observation {
	pages := these(e.APICalls(), func(x evidence.Exchange) bool { return x.Response.Fault != "" })
	if len(pages) == 0 {
		return absent("no answer led to another host")
	}
	leaked := these(e.At(evidence.Foreign), func(x evidence.Exchange) bool {
		return slices.ContainsFunc(e.Secrets.Find(wireText(x)), isAccessToken)
	})
	if len(leaked) > 0 {
		return broken("the access token goes to a host that stood in the data", leaked...)
	}
	return kept("the access token does not go to a host that stands in the data")
}

// noFilesLeft searches the temporary and working folders for any secret, and the
// home for what no token store needs.
func noFilesLeft(e *evidence.Evidence) verdict.Observation {
	if len(e.Runs) == 0 {
		return absent("the client was not started")
	}
	files := 0
	for _, r := range e.Runs {
		for _, f := range r.Files {
			files++
			for _, hit := range e.Secrets.Find(f.Content) {
				if f.Place != "home" || !strings.HasPrefix(hit.Secret, "access token") {
					return broken(fmt.Sprintf("%s/%s, which the client left, holds the %s", f.Place, f.Name, hit.Secret))
				}
			}
		}
	}
	return kept(fmt.Sprintf("no secret in the %d files that the client left", files))
}

// noHTTPCache looks for a token answer that was kept as it came. What a client stores
// of it on purpose holds less, or is judged as its store.
func noHTTPCache(e *evidence.Evidence) verdict.Observation {
	answers := these(e.TokenRequests(), func(x evidence.Exchange) bool { return x.Issued != "" })
	if len(answers) == 0 {
		return absent("no token was issued")
	}
	for _, r := range e.Runs {
		for _, f := range r.Files {
			for _, x := range answers {
				if bytes.Contains(f.Content, bytes.TrimSpace(x.Response.Body)) {
					return broken(fmt.Sprintf("%s/%s holds a token answer as it came, as an HTTP cache keeps it", f.Place, f.Name), x)
				}
			}
		}
	}
	return kept("no token answer is in a file as it came")
}
