package scenario

import (
	"net/http"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/fault"
	"github.com/sfconform/sfconform/suites/client/stage"
)

// The scenarios about API calls that judges ask for by name.
const (
	OtherVersion   = "another-api-version"
	VersionRetired = "api-version-is-retired"
	TokenIsJWT     = "access-token-in-jwt-format"
	LimitReached   = "api-limit-reached"
)

// OlderVersion is the API version of OtherVersion: none that a client would choose by itself.
const OlderVersion = "61.0"

// calls are the situations that show how a client uses its token.
func calls() []Scenario {
	return []Scenario{
		{
			Name: OtherVersion, Title: "The client is told to use an older API version.", Want: Succeed,
			Starts: []Start{{Set: map[string]string{stage.APIVersion: OlderVersion}}},
		},
		{
			Name: VersionRetired, Title: "Salesforce has retired the API version.", Want: Fail, Advice: "api-version-retired",
			Play: armAPI(refusedAPI("api-version-retired")),
		},
		{
			Name: TokenIsJWT, Title: "The app issues access tokens in JWT format.", Want: Succeed,
			World: changed(fixtures.Set("apps/${app}/settings/jwtAccessTokens", true)),
		},
		{
			Name: LimitReached, Title: "The API answers that its limit is used up, that there are too many requests, and that it is too busy.",
			Want: Fail, GiveUp: true, Advice: "request-limit-exceeded",
			Starts: []Start{
				{Before: armAPI(refusedAPI("request-limit-exceeded"))},
				{Before: armAPI(fault.Fault{Name: "too-many", Kind: fault.Status, Status: http.StatusTooManyRequests, First: often})},
				{Before: armAPI(refusedAPI("server-unavailable"))},
			},
		},
	}
}
