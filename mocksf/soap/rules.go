package soap

import (
	"sync"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/rule"
	"github.com/sfconform/sfconform/mocksf/session"
)

// check is one rule of a call.
type check = rule.Rule[*call]

// requestRules find out what is called.
var requestRules = []check{
	{Name: "soap-version-known", Refusal: "soap-version-unknown", Holds: func(c *call) bool { return versionNumber(c.request.Value("version")) > 0 }},
	{Name: "soap-request-size", Refusal: "soap-request-too-large", Holds: func(c *call) bool {
		return c.api != fixtures.MetadataAPI || !c.request.TooLarge
	}},
	{Name: "envelope-well-formed", Refusal: "soap-envelope-malformed", Holds: func(c *call) bool { return !c.malformed }},
	{Name: "operation-served", Refusal: "soap-operation-not-served", Holds: func(c *call) bool { return c.operation != nil || !c.unserved() }},
	{Name: "operation-known", Refusal: "soap-operation-unknown", Holds: func(c *call) bool { return c.operation != nil }},
	{Name: "arguments-known", Refusal: "soap-element-invalid", Holds: func(c *call) bool { return c.unknownArgument() == nil }},
}

// loginRules end in a refusal: the fake keeps no passwords.
var loginRules = []check{
	{Name: "soap-login-enabled", Refusal: "soap-login-disabled", Holds: func(c *call) bool {
		return !c.operation.login || c.request.Org.Settings.SOAPLogin
	}},
	{Name: "soap-password-matches", Refusal: "soap-login-invalid", Holds: func(c *call) bool { return !c.operation.login }},
}

// sessionRules are asked in the order of those of the data API.
var sessionRules = []check{
	{Name: "session-header-present", Refusal: "soap-session-missing", Holds: func(c *call) bool { return c.token != "" }},
	{Name: "session-is-opaque", Refusal: "soap-jwt-token", Holds: func(c *call) bool { return !c.session.JWT }},
	{Name: "soap-session-live", Refusal: "soap-session-invalid", Holds: func(c *call) bool { return c.state == session.Live }},
	{Name: "soap-host-is-the-orgs-own", Refusal: "soap-url-not-reset", Holds: func(c *call) bool { return !c.request.Host.Role.Generic() }},
	{Name: "soap-session-has-api-scope", Refusal: "soap-session-not-valid-for-api", Holds: func(c *call) bool {
		return c.session.Has("api", "full") && (!c.request.Org.Settings.APIAccessControl || c.app.APIAllowed)
	}},
	{Name: "soap-password-not-expired", Refusal: "soap-password-expired", Holds: func(c *call) bool { return !c.user.PasswordExpired }},
	{Name: "soap-api-enabled", Refusal: "soap-api-disabled", Holds: func(c *call) bool { return c.user.APIEnabled }},
	{Name: "user-may-modify-metadata", Refusal: "soap-metadata-access-denied", Holds: func(c *call) bool {
		return c.api != fixtures.MetadataAPI || c.user.ModifyMetadata
	}},
	{Name: "soap-requests-left", Refusal: "soap-request-limit-exceeded", Holds: func(c *call) bool { return c.used < c.request.Org.Settings.DailyAPIRequests }},
}

// callRules are all rules, bound once for all orgs.
var callRules = sync.OnceValue(func() rule.List[*call] {
	var all []check
	for _, rules := range [][]check{requestRules, loginRules, sessionRules} {
		all = append(all, rules...)
	}
	return rule.MustBind(all)
})
