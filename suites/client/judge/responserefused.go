package judge

import (
	"fmt"
	"strings"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/stage"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// refusesAnswer: what is no token answer is a failed login, without a crash.
func refusesAnswer(e *evidence.Evidence) verdict.Observation {
	for _, r := range e.Runs {
		all := e.InRun(r.Number)
		calls := these(all, func(x evidence.Exchange) bool { return x.Kind != evidence.TokenRequest })
		switch {
		case len(all) == 0:
			return absent("no token request came")
		case len(calls) > 0:
			return broken("the client goes on as if logged in after "+faultIn(e, r), calls...)
		case isMute(e, r) && e.Output:
			return mute(r, faultIn(e, r))
		case claims(e, r) && e.Output:
			return broken("the client ends with success (exit code 0) after "+faultIn(e, r), all...)
		case crashed(r):
			return broken("the client crashes after "+faultIn(e, r), all...)
		}
	}
	return kept(fmt.Sprintf("what is no token answer is a failed login, in each of %d starts", len(e.Runs)))
}

// boundsBody: of an answer without end a client takes what a token answer can have.
func boundsBody(e *evidence.Evidence) verdict.Observation {
	large := these(e.TokenRequests(), func(x evidence.Exchange) bool { return x.Response.Fault != "" || x.Response.Sent > 1<<20 })
	if len(large) == 0 {
		return absent("the large answer was not asked for")
	}
	if sent := large[0].Response.Sent; sent >= 50<<20 {
		return broken(fmt.Sprintf("the client reads %d MB of a token answer", sent>>20), large...)
	}
	return kept(fmt.Sprintf("the client leaves after %d MB of a token answer", large[0].Response.Sent>>20))
}

// namesWrongSite: the page of another site is not an error of Salesforce's.
func namesWrongSite(e *evidence.Evidence) verdict.Observation {
	said := strings.ToLower(saidInAll(e))
	host := strings.ToLower(stage.HostName(e.Hosts.Bases[evidence.Token]))
	name, _, _ := strings.Cut(host, ":")
	switch {
	case len(e.TokenRequests()) == 0:
		return absent("no token request came")
	case !containsAny(said, "json", "html", "web page"):
		return broken("the client does not say that the answer was a page or no JSON", e.TokenRequests()...)
	case !strings.Contains(said, name):
		return broken("the client does not say which host answered with a page", e.TokenRequests()...)
	}
	return kept("the client says which host answered, and that it was no JSON")
}
