package scenario

import (
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/stage"
)

// The scenarios about assertions that judges ask for by name.
const (
	AudienceOfLoginHost = "audience-is-the-login-host"
	AudienceOfTestHost  = "audience-is-the-test-host"
	TimeZones           = "time-zones"
	UnusualUsername     = "username-with-special-characters"
	ClockBehind         = "clock-of-the-client-is-behind"
	ClockAhead          = "clock-of-the-client-is-ahead"
)

// skew is more than any assertion lives.
const skew = 10 * time.Minute

// assertions are the situations that only the JWT bearer flow meets.
func assertions() []Scenario {
	bearer := []fixtures.Flow{fixtures.JWTBearer}
	return []Scenario{
		{
			Name: AudienceOfLoginHost, Title: "A Connected App of a production org wants login.salesforce.com as audience, whatever the host.",
			Flows: bearer, Operation: Login, Want: Succeed,
			World: func(o *stage.Options) { o.AppKind = fixtures.ConnectedApp },
		},
		{
			Name: AudienceOfTestHost, Title: "A Connected App of a sandbox wants test.salesforce.com as audience, whatever the host.",
			Flows: bearer, Operation: Login, Want: Succeed,
			World: func(o *stage.Options) { o.AppKind, o.OrgKind = fixtures.ConnectedApp, fixtures.Sandbox },
		},
		{
			Name: TimeZones, Title: "The client runs in one time zone after another.",
			Flows: bearer, Operation: Login, Want: Succeed,
			Starts: []Start{
				{Set: map[string]string{"TZ": "UTC"}},
				{Set: map[string]string{"TZ": "Asia/Kolkata"}},
				{Set: map[string]string{"TZ": "America/Los_Angeles"}},
			},
		},
		{
			Name: UnusualUsername, Title: "The username holds a quote, an accent and a plus.",
			Flows: bearer, Operation: Login, Want: Either,
			World: func(o *stage.Options) { o.Username = `o'br"ien+ü@x.example` },
		},
		{
			Name: ClockBehind, Title: "The client's clock is ten minutes behind, so that its assertions have expired.",
			Flows: bearer, Operation: Login, Want: Fail,
			World: func(o *stage.Options) { o.Skew = skew },
		},
		{
			Name: ClockAhead, Title: "The client's clock is ten minutes ahead, so that its assertions live too long.",
			Flows: bearer, Operation: Login, Want: Either,
			World: func(o *stage.Options) { o.Skew = -skew },
		},
	}
}
