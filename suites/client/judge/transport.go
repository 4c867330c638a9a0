package judge

import (
	"crypto/tls"
	"fmt"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/stage"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// transport are the judges of group J, TLS and the network.
func transport() []Judge {
	faulty := []string{scenario.UntrustedLogin, scenario.UntrustedInstance, scenario.WrongNameLogin, scenario.ExpiredLogin}
	return []Judge{
		{ID: "tls-verify-chain", In: []string{scenario.UntrustedLogin, scenario.UntrustedInstance}, Look: refusesTLS("a certificate that nobody trusted has signed")},
		{ID: "tls-verify-hostname", In: []string{scenario.WrongNameLogin}, Look: refusesTLS("the certificate of another host")},
		{ID: "tls-refuse-expired", In: []string{scenario.ExpiredLogin}, Look: refusesTLS("an expired certificate")},
		{ID: "tls-min-12", In: []string{scenario.OldTLS}, Look: refusesTLS("TLS 1.0")},
		{ID: "tls-min-12", In: []string{scenario.TLS12}, Look: speaks("TLS 1.2", broken)},
		{ID: "tls-min-12", In: []string{scenario.TLS13}, Look: speaks("TLS 1.3", tolerated)},
		{ID: "tls-custom-ca", In: []string{scenario.HappyPath}, Look: trustsAuthority},
		{ID: "tls-no-insecure-retry", In: faulty, Look: noInsecureRetry},
		{ID: "tls-no-pinning", In: []string{scenario.NewCertificate}, Look: survivesRenewal, Calls: 2},
		{ID: "net-proxy-env", In: []string{scenario.NamesByProxy}, Look: usesProxy},
		{ID: "net-connection-reuse", In: []string{scenario.HappyPath}, Look: reusesConnections, Calls: 3},
	}
}

// wrongly are the handshakes with a host whose TLS is wrong on purpose.
func wrongly(e *evidence.Evidence) []evidence.Handshake {
	var found []evidence.Handshake
	for _, h := range e.Handshakes {
		if h.Fault != "" {
			found = append(found, h)
		}
	}
	return found
}

// refusesTLS: the first request over TLS that is wrong is one too many. One that
// comes after a refused handshake is judged as an insecure retry.
func refusesTLS(what string) func(*evidence.Evidence) verdict.Observation {
	return func(e *evidence.Evidence) verdict.Observation {
		tried := wrongly(e)
		if len(tried) == 0 {
			return absent("the client did not come to the host in question")
		}
		if tried[0].Completed {
			return broken("the client accepts "+what, by(e, tried[0])...)
		}
		return kept(fmt.Sprintf("the client refuses %s, %d times", what, len(tried)))
	}
}

func noInsecureRetry(e *evidence.Evidence) verdict.Observation {
	tried := wrongly(e)
	if len(tried) == 0 || tried[0].Completed {
		return absent("no handshake was refused")
	}
	for _, h := range tried[1:] {
		if h.Completed {
			return broken("after a refused handshake the client tries again, and accepts what it had refused", by(e, h)...)
		}
	}
	return kept(fmt.Sprintf("the client refused each of %d handshakes", len(tried)))
}

// by are the requests that came by a connection.
func by(e *evidence.Evidence, h evidence.Handshake) []evidence.Exchange {
	return e.Where(func(x evidence.Exchange) bool { return x.Connection == h.Connection })
}

func speaks(version string, otherwise func(string, ...evidence.Exchange) verdict.Observation) func(*evidence.Evidence) verdict.Observation {
	return func(e *evidence.Evidence) verdict.Observation {
		switch {
		case len(e.Handshakes) == 0:
			return absent("the client did not connect")
		case len(e.Exchanges) == 0:
			return otherwise("the client cannot connect to a host that speaks " + version + " only")
		}
		return kept("the client connects to a host that speaks " + version + " only")
	}
}

func trustsAuthority(e *evidence.Evidence) verdict.Observation {
	secure := 0
	for _, h := range e.Handshakes {
		if len(h.Offered) > 0 && h.Completed {
			secure++
		}
	}
	if secure == 0 {
		return absent("no TLS connection came about: the client cannot be given an authority, or is served http")
	}
	return kept(fmt.Sprintf("the client takes the authority of %s or of the usual variables (%s)", stage.CAFile, newest(e)))
}

// newest names the newest TLS version that the client offers.
func newest(e *evidence.Evidence) string {
	var best uint16
	for _, h := range e.Handshakes {
		for _, v := range h.Offered {
			if v <= tls.VersionTLS13 {
				best = max(best, v)
			}
		}
	}
	return "it offers up to " + tls.VersionName(best)
}

func survivesRenewal(e *evidence.Evidence) verdict.Observation {
	after, renewed := e.AfterMark(scenario.CertificateRenewed)
	switch {
	case !renewed:
		return absent("no API call was answered")
	case len(these(after, func(x evidence.Exchange) bool { return x.Kind == evidence.APICall })) > 0:
		return kept("the client goes on when the certificate has been renewed")
	case !failing(e, e.LastRun()) && e.Output:
		return absent("the client had no more calls to make")
	}
	return broken("the client does not go on when the certificate has been renewed")
}

// usesProxy wants login and data by way of the proxy.
func usesProxy(e *evidence.Evidence) verdict.Observation {
	login, data := stage.HostName(e.Hosts.Bases[evidence.Token]), stage.HostName(e.Hosts.Bases[evidence.Instance])
	switch {
	case len(e.Tunnels) > 0 && !slices.Contains(e.Tunnels, login):
		return absent(fmt.Sprintf("the client asks the proxy for %s, and not for the org's host", e.Tunnels[0]))
	case !slices.Contains(e.Tunnels, login):
		return broken("HTTPS_PROXY is set and the token request does not come by it")
	case slices.Contains(e.Tunnels, data):
		return kept("login and API calls come by the proxy")
	case len(these(e.TokenRequests(), isIssued)) == 0:
		return absent("no token was issued")
	case e.LoginOnly:
		return kept("the login comes by the proxy, and the client makes no other calls")
	}
	return broken("the token request comes by the proxy, and the API calls do not; asked for were " + strings.Join(e.Tunnels, ", "))
}

func reusesConnections(e *evidence.Evidence) verdict.Observation {
	calls := these(e.Exchanges, func(x evidence.Exchange) bool { return x.Role == evidence.Instance })
	connections := map[int]bool{}
	for _, x := range calls {
		connections[x.Connection] = true
	}
	switch {
	case len(calls) < 3:
		return absent("fewer than three calls came")
	case len(connections) == len(calls):
		return broken(fmt.Sprintf("%d calls over as many connections", len(calls)), calls...)
	}
	return kept(fmt.Sprintf("%d calls over %d connections", len(calls), len(connections)))
}
