package authorize

import (
	"regexp"
	"slices"
	"sync"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/rule"
)

// check is one rule of the endpoint.
type check = rule.Rule[*authorization]

// appRules find the app and the address to send people back to. What fails here is
// shown on a page: there is nowhere to redirect to (RFC 6749 section 4.1.2.1).
var appRules = []check{
	{Name: "authorize-app-known", Refusal: "authorize-client-id-unknown", Holds: func(a *authorization) bool { return a.appKnown }},
	{Name: "authorize-host-finds-app", Refusal: "authorize-app-not-found", Holds: func(a *authorization) bool {
		return !external(a) || a.app.Installed && !a.hostRefused()
	}},
	{Name: "authorize-app-installed", Refusal: "approval-error-generic", Holds: func(a *authorization) bool { return a.app.Installed }},
	{Name: "authorize-app-not-blocked", Refusal: "authorize-app-blocked", Holds: func(a *authorization) bool { return !a.app.Blocked }},
	{Name: "redirect-uri-present", Refusal: "redirect-uri-missing", Holds: func(a *authorization) bool { return a.form.Get("redirect_uri") != "" }},
	{Name: "redirect-uri-registered", Refusal: "redirect-uri-mismatch", Holds: func(a *authorization) bool {
		return slices.Contains(a.app.Settings.CallbackURLs, a.form.Get("redirect_uri"))
	}},
}

func external(a *authorization) bool { return a.app.Kind == fixtures.ExternalClientApp }

// hostRefused: an External Client App is not found from the generic hosts (facts: rule 10).
func (a *authorization) hostRefused() bool {
	return a.request.Host.Role.Generic() && a.request.Org.Option("eca-generic-host") == "app-not-found"
}

// requestRules judge what the client asks for; what fails is told by a redirect.
var requestRules = []check{
	{Name: "response-type-is-code", Refusal: "response-type-unsupported", Holds: func(a *authorization) bool { return a.form.Get("response_type") == "code" }},
	{Name: "authorize-app-enabled", Refusal: "authorize-app-disabled", Holds: func(a *authorization) bool { return a.app.Enabled && a.app.OAuthPlugin }},
	{Name: "scopes-allowed", Refusal: "scope-not-allowed", Holds: scopesAllowed},
	{Name: "code-challenge-present", Refusal: "code-challenge-missing", Holds: func(a *authorization) bool {
		return !a.app.Settings.PKCERequired || a.form.Get("code_challenge") != ""
	}},
	{Name: "code-challenge-well-formed", Refusal: "code-challenge-invalid", Holds: challengeWellFormed},
}

// userRules judge the user, once one has logged in.
var userRules = []check{
	{Name: "user-without-page", Refusal: "immediate-unsuccessful", Holds: func(a *authorization) bool { return a.user != nil || !a.prompts("none") }},
	{Name: "authorize-user-admitted", Refusal: "authorize-app-access-denied", Holds: func(a *authorization) bool {
		return a.user == nil || a.app.Policies.PermittedUsers != fixtures.AdminApprovedUsers || a.app.Admits(a.user)
	}},
	{Name: "user-allows", Refusal: "end-user-denied", Holds: func(a *authorization) bool { return !a.denied }},
}

// scopesAllowed holds the scopes asked for to the app's. The two names of the refresh
// token's scope stand for each other.
func scopesAllowed(a *authorization) bool {
	return !slices.ContainsFunc(a.requested(), func(s string) bool {
		return !slices.ContainsFunc(a.app.Settings.Scopes, func(has string) bool { return asks([]string{s}, has) })
	})
}

// challenge is a SHA-256 in base64url without padding (RFC 7636 section 4.2).
var challenge = regexp.MustCompile(`^[A-Za-z0-9_-]{43}$`)

// challengeWellFormed: S256 is the one method, and the one that is meant where none is named.
func challengeWellFormed(a *authorization) bool {
	method, text := a.form.Get("code_challenge_method"), a.form.Get("code_challenge")
	return text == "" && method == "" || challenge.MatchString(text) && (method == "S256" || method == "")
}

// allRules are all rules, bound once for all orgs.
var allRules = sync.OnceValue(func() rule.List[*authorization] {
	return rule.MustBind(slices.Concat(appRules, requestRules, userRules))
})
