package scenario

import (
	"slices"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/fault"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/stage"
)

// The scenarios about hosts that judges ask for by name.
const (
	NamesByProxy      = "salesforce-names-by-proxy"
	HostShapes        = "login-hosts-of-every-shape"
	LoginURLVariants  = "login-url-written-in-other-ways"
	TokenRedirected   = "token-request-redirected-elsewhere"
	PlainLogin        = "login-url-without-tls"
	PlainInstance     = "instance-url-without-tls"
	InstanceMoves     = "instance-moves-with-the-new-login"
	InstanceSlash     = "instance-url-with-a-slash-at-the-end"
	APIInstance       = "api-instance-url-in-the-token-answer"
	CallRedirected    = "api-call-redirected-elsewhere"
	InstanceElsewhere = "instance-url-is-somebody-elses"
	NextPageElsewhere = "next-page-is-on-somebody-elses-host"
	IdentityElsewhere = "identity-url-is-missing-or-elsewhere"
)

// hosts are the situations about where requests go.
func hosts() []Scenario {
	return []Scenario{
		{
			Name: NamesByProxy, Title: "The org is reached by Salesforce's own names through a proxy.", Want: Succeed, Via: stage.Proxy,
		},
		{
			Name: HostShapes, Title: "The login host is that of a sandbox, a Developer Edition, a scratch org, a Trailhead Playground.",
			Operation: Login, Want: Either, Via: stage.Proxy, Starts: hostStarts(),
			World: func(o *stage.Options) { o.AnyHost = true },
		},
		{
			Name: LoginURLVariants, Title: "The login URL has a slash at the end, no scheme, or the path of the token endpoint.",
			Operation: Login, Want: Either,
			Starts: []Start{
				loginURL("${" + stage.LoginURL + "}/"),
				loginURL("${" + stage.LoginHost + "}"),
				loginURL("${" + stage.LoginURL + "}/services/oauth2/token"),
			},
		},
		{
			Name: TokenRedirected, Title: "The token endpoint redirects to somebody else's host: 307, 308, 302.", Operation: Login, Want: Fail,
			Starts: []Start{redirected(307), redirected(308), redirected(302)},
		},
		{
			Name: PlainLogin, Title: "The login URL begins with http.", Operation: Login, Want: Fail,
			Starts: []Start{loginURL("${" + stage.PlainURL + "}")},
		},
		{
			Name: PlainInstance, Title: "The token answer names an instance_url that begins with http.", Want: Fail,
			Play: func(s *stage.Stage) {
				alterTokens("instance_url without TLS", func(s *stage.Stage, a *stage.Answer) {
					a.Set("instance_url", s.Base(evidence.Plain, 0))
				})(s)
			},
		},
		{
			Name: InstanceMoves, Title: "The org moves: the session ends, and the new login names another instance host.", Want: Succeed,
			Play: func(s *stage.Stage) {
				s.Before(stage.When{Kind: evidence.APICall}.Nth(2), func(*evidence.Exchange) {
					s.RevokeSessions()
					s.MoveInstance()
					s.Mark(SessionsRevoked)
				})
			},
		},
		{
			Name: InstanceSlash, Title: "instance_url has a slash at the end.", Want: Succeed,
			Play: alterTokens("slash at the end of instance_url", func(_ *stage.Stage, a *stage.Answer) {
				a.Set("instance_url", a.Field("instance_url")+"/")
			}),
		},
		{
			Name: APIInstance, Title: "The token answer also names an api_instance_url, which is no host of the org.", Want: Succeed,
			Play: alterTokens("api_instance_url", func(s *stage.Stage, a *stage.Answer) {
				a.Set("api_instance_url", s.Base(evidence.Foreign, 0))
			}),
		},
		{
			Name: CallRedirected, Title: "An API call is redirected to somebody else's host.", Want: Either,
			Play: func(s *stage.Stage) {
				s.Arm(fault.Fault{
					Name: "redirected-call", Kind: fault.Redirect, Status: 302, First: 20,
					Location: s.Base(evidence.Foreign, 0) + "${path}", Match: fault.Match{Path: "/services/data"},
				})
			},
		},
		{
			Name: InstanceElsewhere, Title: "The token answer names an instance_url that is no host of Salesforce's.", Want: Fail,
			// By names: among addresses of one machine nobody can tell whose is whose.
			Via: stage.Proxy,
			Play: alterTokens("foreign instance_url", func(s *stage.Stage, a *stage.Answer) {
				a.Set("instance_url", s.Base(evidence.Foreign, 0))
			}),
		},
		{
			Name: NextPageElsewhere, Title: "nextRecordsUrl leads to somebody else's host.", Want: Either,
			Play: func(s *stage.Stage) {
				s.Alter("foreign nextRecordsUrl", stage.When{Kind: evidence.APICall}, func(a *stage.Answer) {
					if next := a.Field("nextRecordsUrl"); next != "" {
						a.Set("nextRecordsUrl", s.Base(evidence.Foreign, 0)+next)
					}
				})
			},
		},
		{
			Name: IdentityElsewhere, Title: "The token answer lacks id, then names another host in it.", Want: Succeed,
			Starts: []Start{
				{Before: alterTokens("no id", func(_ *stage.Stage, a *stage.Answer) { a.Drop("id") })},
				{Before: alterTokens("id elsewhere", func(s *stage.Stage, a *stage.Answer) {
					a.Set("id", s.Base(evidence.Foreign, 0)+"/id/"+s.Org().Config().OrgID()+"/"+fixtures.DeriveID("005", "Ak", "somebody"))
				})},
			},
		},
	}
}

// hostShapes are the forms that My Domain hosts have, beside that of production. The
// names are nobody's, for clients that do not heed the proxy.
var hostShapes = []string{
	"sfconform-otter-1704--uat.sandbox.my.salesforce.com",
	"sfconform-lynx-2816-dev-ed.develop.my.salesforce.com",
	"sfconform-heron-3927-dev-ed.scratch.my.salesforce.com",
	"sfconform-ibex-4038-dev-ed.my.salesforce.com",
	"sfconform-quail-5149-dev-ed.trailblaze.my.salesforce.com",
}

// Shapes are the forms of hosts that HostShapes plays, a start each.
func Shapes() []string { return slices.Clone(hostShapes) }

// hostStarts are starts with a host of each form. The proxy leads all of them to the org.
func hostStarts() []Start {
	var starts []Start
	for _, host := range hostShapes {
		starts = append(starts, loginURL("https://"+host))
	}
	return starts
}

func loginURL(value string) Start { return Start{Set: map[string]string{stage.LoginURL: value}} }

// redirected arms a redirect of the token endpoint to somebody else's host.
func redirected(status int) Start {
	return Start{Before: func(s *stage.Stage) {
		armTokens(fault.Fault{
			Name: "redirected", Kind: fault.Redirect, Status: status, First: 20, Location: s.Base(evidence.Foreign, 0) + "${path}",
		})(s)
	}}
}
