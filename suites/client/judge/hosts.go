package judge

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/canary"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// hosts are the judges of group B, where requests go.
func hosts() []Judge {
	return []Judge{
		{ID: "host-my-domain-token", In: []string{scenario.NamesByProxy}, Look: asksMyDomain},
		{ID: "host-my-domain-token", In: []string{scenario.HappyPath}, Look: asksGivenHost},
		{ID: "host-configurable", In: []string{scenario.HappyPath}, Look: configurable},
		{ID: "host-configurable", In: []string{scenario.HostShapes}, Look: keepsToHost},
		{ID: "host-shapes-accepted", In: []string{scenario.HostShapes}, Look: acceptsShapes},
		{ID: "host-url-normalised", In: []string{scenario.LoginURLVariants}, Look: normalises, Output: true},
		{ID: "host-token-redirect", In: []string{scenario.TokenRedirected}, Look: keepsCredentials},
		{ID: "host-no-plain-http", In: []string{scenario.PlainLogin, scenario.PlainInstance}, Look: refusesPlain},
		{ID: "host-use-instance-url", In: []string{scenario.HappyPath}, Look: usesInstance, Calls: 1},
		{ID: "host-instance-url-change", In: []string{scenario.InstanceMoves}, Look: followsInstance, Calls: 2},
		{ID: "host-instance-url-join", In: []string{scenario.InstanceSlash}, Look: joinsPaths, Calls: 1},
		{ID: "host-api-instance-url", In: []string{scenario.APIInstance}, Look: keepsOffAPIInstance, Calls: 1},
		{ID: "host-api-redirect", In: []string{scenario.CallRedirected}, Look: keepsBearer, Calls: 1},
		{ID: "host-instance-url-trusted", In: []string{scenario.InstanceElsewhere}, Look: keepsBearerFromStrangers},
		{ID: "host-identity-url-optional", In: []string{scenario.IdentityElsewhere}, Look: goesOnEachTime("an answer with %s")},
	}
}

// asksMyDomain looks at the host names that a client asks for a token, where it has
// Salesforce's own names before it.
func asksMyDomain(e *evidence.Evidence) verdict.Observation {
	all, generic := e.TokenRequests(), atGenericHosts(e)
	switch {
	case len(generic) > 0:
		return broken(fmt.Sprintf("%d of %d token requests go to %s, where this flow does not exist", len(generic), len(all), generic[0].Request.Host), generic...)
	case slices.Contains(e.Tunnels, fixtures.LoginHost) || slices.Contains(e.Tunnels, fixtures.TestHost):
		return broken("the client asks for a connection to a generic login host, where this flow does not exist")
	case len(all) == 0:
		return absent("no token request came by the proxy")
	}
	return kept("the token is asked for at the org's My Domain host")
}

// asksGivenHost is what shows of a client that heeds no proxy: it goes to the host that
// stands for the org's own, and not to one that is built in.
func asksGivenHost(e *evidence.Evidence) verdict.Observation {
	asked := these(e.At(evidence.Token), isTokenRequest)
	if len(asked) == 0 || len(atGenericHosts(e)) > 0 {
		return absent("no token request came to the host that the client was given")
	}
	return kept("the token is asked for at the host that the client is given for its org")
}

func atGenericHosts(e *evidence.Evidence) []evidence.Exchange {
	return these(e.TokenRequests(), func(x evidence.Exchange) bool {
		return x.Request.Host == fixtures.LoginHost || x.Request.Host == fixtures.TestHost
	})
}

// keepsToHost: whoever makes a choice between two hosts of the one that was set cannot
// be given another.
func keepsToHost(e *evidence.Evidence) verdict.Observation {
	generic := atGenericHosts(e)
	switch {
	case len(generic) > 0:
		return broken(fmt.Sprintf("the client is given the host of an org, and asks %s", generic[0].Request.Host), generic...)
	case len(e.TokenRequests()) == 0:
		return absent("no token request came by the proxy")
	}
	return kept("the client asks the host that it is given")
}

// configurable: whoever called the host that it was given can be given another.
func configurable(e *evidence.Evidence) verdict.Observation {
	if len(e.Exchanges) == 0 {
		return absent("the client did not call the host that it was given")
	}
	return kept("the client calls the host that it is given")
}

// acceptsShapes has a start for each shape of host; the title of the start names it.
func acceptsShapes(e *evidence.Evidence) verdict.Observation {
	var refused []string
	for i, r := range e.Runs {
		if len(these(e.InRun(r.Number), isTokenRequest)) == 0 {
			refused = append(refused, scenario.Shapes()[i])
		}
	}
	switch {
	case len(refused) == len(e.Runs):
		return absent("no token request came by the proxy")
	case len(refused) > 0:
		return broken("the client does not call hosts of the form " + strings.Join(refused, ", "))
	}
	return kept(fmt.Sprintf("the client calls hosts of %d shapes", len(e.Runs)))
}

// normalises: a login URL that is written in another way works, or the client names
// the setting.
func normalises(e *evidence.Evidence) verdict.Observation {
	if e.ComposedURL {
		return unused("the mapping of settings writes the path behind the login URL, so that the client puts no URL together")
	}
	for _, r := range e.Runs {
		all := e.InRun(r.Number)
		for _, x := range all {
			if path := x.Request.URL.Path; strings.Contains(path, "//") || strings.Count(path, "/services/oauth2/token") > 1 {
				return broken("the client joins the login URL to "+path, x)
			}
		}
		said := strings.ToLower(r.Stdout.Text() + r.Stderr.Text())
		if !gotToken(e, r) && !containsAny(said, "login_url", "login url", "loginurl", "login-url", "url", "scheme", "https://") {
			return broken("the client neither takes the login URL nor says what is wrong with it", all...)
		}
	}
	if len(e.Runs) == 0 {
		return absent("the client was not started")
	}
	return kept("a login URL written in another way works, or is refused by name")
}

// keepsCredentials: what a redirect leads to gets no credentials.
func keepsCredentials(e *evidence.Evidence) verdict.Observation {
	asked := these(e.At(evidence.Token), func(x evidence.Exchange) bool { return isTokenRequest(x) && x.Response.Status/100 == 3 })
	if len(asked) == 0 {
		return absent("no token request met the redirect")
	}
	foreign := e.At(evidence.Foreign)
	leaked := these(foreign, func(x evidence.Exchange) bool { return len(e.Secrets.Find(wireText(x))) > 0 })
	switch {
	case len(leaked) > 0:
		return broken(fmt.Sprintf("on a redirect the client sends its credentials to another host, %d times", len(leaked)), leaked...)
	case len(foreign) > 0:
		return tolerated("on a redirect the client goes to another host, without its credentials", foreign...)
	}
	return kept("the client does not follow a redirect of the token endpoint")
}

// refusesPlain: nothing secret goes out in clear.
func refusesPlain(e *evidence.Evidence) verdict.Observation {
	leaked := these(e.At(evidence.Plain), func(x evidence.Exchange) bool { return len(e.Secrets.Find(wireText(x))) > 0 })
	switch {
	case len(leaked) > 0:
		return broken(fmt.Sprintf("the client sends a secret or a token without TLS (requests: %d)", len(leaked)), leaked...)
	case len(e.Runs) == 0:
		return absent("the client was not started")
	}
	return kept("nothing secret goes out in clear")
}

func usesInstance(e *evidence.Evidence) verdict.Observation {
	calls := e.Of(evidence.APICall, evidence.BulkCall, evidence.SOAPCall)
	wrong := these(calls, func(x evidence.Exchange) bool { return x.Role == evidence.Token })
	switch {
	case len(calls) == 0:
		return absent("no API call came")
	case len(wrong) > 0:
		return broken(fmt.Sprintf("%d of %d API calls go to the login host in place of instance_url", len(wrong), len(calls)), wrong...)
	}
	return kept(fmt.Sprintf("each of %d API calls goes to instance_url", len(calls)))
}

func followsInstance(e *evidence.Evidence) verdict.Observation {
	after, moved := e.AfterMark(scenario.SessionsRevoked)
	if !moved {
		return absent("no API call was answered, so that the org did not move")
	}
	i := slices.IndexFunc(after, func(x evidence.Exchange) bool { return x.Issued != "" })
	if i < 0 {
		return absent("the client did not log in again, which is judged by itself")
	}
	later := these(after[i+1:], func(x evidence.Exchange) bool { return x.Kind == evidence.APICall })
	// Of workers that hold a token each, every one learns of the move by itself.
	old := these(later, func(x evidence.Exchange) bool {
		return x.Role == evidence.Instance && (e.Workers < 2 || issuedAfter(after, x.Token) || refusedBefore(e, x))
	})
	switch {
	case len(old) > 0:
		return broken(fmt.Sprintf("after the new login %d of %d API calls go to the old instance host", len(old), len(later)), old...)
	case len(later) == 0:
		return absent("no API call came after the new login")
	}
	return kept(fmt.Sprintf("after the new login each of %d API calls goes to the new instance host", len(later)))
}

func joinsPaths(e *evidence.Evidence) verdict.Observation {
	if !gotToken(e, e.LastRun()) {
		return absent("no token was issued")
	}
	calls := these(e.Exchanges, func(x evidence.Exchange) bool { return !isTokenRequest(x) })
	doubled := these(calls, func(x evidence.Exchange) bool { return strings.HasPrefix(x.Request.Target, "//") })
	switch {
	case len(doubled) > 0:
		return broken(fmt.Sprintf("instance_url ends in a slash, and paths begin with two (calls: %d)", len(doubled)), doubled...)
	case len(calls) == 0 && e.LoginOnly:
		return absent("the client makes no call")
	case len(calls) == 0:
		return broken("the client makes no call where instance_url ends in a slash")
	}
	return kept("instance_url and paths are joined by one slash")
}

func keepsOffAPIInstance(e *evidence.Evidence) verdict.Observation {
	wrong := these(e.At(evidence.Foreign), func(x evidence.Exchange) bool { return x.Kind == evidence.APICall })
	switch {
	case len(e.APICalls()) == 0:
		return absent("no API call came")
	case len(wrong) > 0:
		return broken("calls of the org's data API go to api_instance_url", wrong...)
	}
	return kept("calls of the org's data API go to instance_url, not to api_instance_url")
}

func keepsBearer(e *evidence.Evidence) verdict.Observation {
	asked := these(e.APICalls(), func(x evidence.Exchange) bool { return x.Role != evidence.Foreign && x.Response.Status/100 == 3 })
	if len(asked) == 0 {
		return absent("no API call met the redirect")
	}
	if leaked := withToken(e); len(leaked) > 0 {
		return broken("on a redirect the client sends the access token to another host", leaked...)
	}
	for _, x := range e.At(evidence.Foreign) {
		if x.Request.Method != asked[0].Request.Method {
			return broken(fmt.Sprintf("on a redirect the client makes a %s of a %s", x.Request.Method, asked[0].Request.Method), x)
		}
	}
	return kept("the access token does not follow a redirect")
}

func keepsBearerFromStrangers(e *evidence.Evidence) verdict.Observation {
	if !gotToken(e, e.LastRun()) {
		return absent("no token was issued")
	}
	if leaked := withToken(e); len(leaked) > 0 {
		return broken("the client sends the access token to whatever host instance_url names", leaked...)
	}
	return kept("the client sends no access token to an instance_url outside of Salesforce")
}

// withToken are the requests to somebody else's host that carry the access token.
func withToken(e *evidence.Evidence) []evidence.Exchange {
	return these(e.At(evidence.Foreign), func(x evidence.Exchange) bool {
		return slices.ContainsFunc(e.Secrets.Find(wireText(x)), isAccessToken)
	})
}

func isAccessToken(hit canary.Hit) bool { return strings.HasPrefix(hit.Secret, "access token") }
