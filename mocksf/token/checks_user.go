package token

import (
	"slices"
	"time"

	"github.com/sfconform/sfconform/fixtures"
)

// userChecks judge the org and the user that logs in, whatever the grant (E18, E19).
var userChecks = []check{
	{name: "org-active", refusal: "org-inactive", holds: func(a *attempt) bool { return a.org.Status != fixtures.OrgSuspended }},
	{name: "user-active", refusal: "user-inactive", holds: func(a *attempt) bool { return a.user.Active || runsAs(a, "inactive-run-as") }},
	check{name: "run-as-active", refusal: "run-as-inactive", holds: func(a *attempt) bool {
		return a.user.Active || a.grant != fixtures.GrantClientCredentials
	}}.when("inactive-run-as", "no-user-enabled"),
	{name: "user-not-frozen", refusal: "user-frozen", holds: func(a *attempt) bool { return !a.user.Frozen || runsAs(a, "frozen-user") }},
	check{name: "run-as-not-frozen", refusal: "run-as-frozen", holds: func(a *attempt) bool {
		return !a.user.Frozen || a.grant != fixtures.GrantClientCredentials
	}}.when("frozen-user", "no-user-enabled"),
}

// runsAs says whether the switch gives the Run As user an answer of its own.
func runsAs(a *attempt, id fixtures.SwitchID) bool {
	return a.grant == fixtures.GrantClientCredentials && a.org.Option(id) == "no-user-enabled"
}

// approvalChecks: may this user use the app by JWT bearer (E15, E16, E17)?
var approvalChecks = []check{
	check{name: "refresh-token-scope", refusal: "refresh-token-scope-missing", holds: func(a *attempt) bool {
		return hasRefreshScope(a) || preApproved(a) || a.app.ApprovedBy(a.user)
	}}.when("jwt-refresh-scope", "self-authorized-only"),
	check{name: "refresh-token-scope-always", refusal: "refresh-token-scope-missing", holds: hasRefreshScope}.when("jwt-refresh-scope", "always"),
	{name: "user-admin-approved", refusal: "user-not-admin-approved", holds: func(a *attempt) bool {
		return a.app.Policies.PermittedUsers != fixtures.AdminApprovedUsers || a.app.Admits(a.user)
	}},
	{name: "user-approved", refusal: "user-not-approved", holds: func(a *attempt) bool {
		return selfApproved(a) || (isExternalClientApp(a) && a.org.Option("eca-self-authorized") == "app-not-found")
	}},
	check{name: "external-client-app-pre-authorized", refusal: "eca-not-admin-approved-as-not-found", holds: func(a *attempt) bool {
		return selfApproved(a) || !isExternalClientApp(a)
	}}.when("eca-self-authorized", "app-not-found"),
}

func hasRefreshScope(a *attempt) bool { return a.app.HasScope("refresh_token", "offline_access") }

// preApproved says that an admin decides who may use the app; whether this user
// may is another check.
func preApproved(a *attempt) bool {
	return a.app.Policies.PermittedUsers == fixtures.AdminApprovedUsers
}

func selfApproved(a *attempt) bool { return preApproved(a) || a.app.ApprovedBy(a.user) }

// loginChecks judge when, from where and how often the user logs in (E20, E21).
var loginChecks = []check{
	check{name: "within-login-hours", refusal: "outside-login-hours", holds: func(a *attempt) bool {
		return withinHours(a.user.LoginHours, a.req.Now)
	}}.when("login-hours", "ip-restricted"),
	{name: "address-allowed", refusal: "ip-restricted", holds: addressAllowed},
	{name: "login-rate", refusal: "login-rate-exceeded", holds: func(a *attempt) bool {
		return a.endpoint.logins.count(a.user.ID, a.req.Now, a.org.Settings.LoginRate)
	}},
}

func addressAllowed(a *attempt) bool {
	ranges := a.user.LoginIPRanges
	if len(ranges) == 0 || a.app.Policies.IPRelaxation == fixtures.RelaxIPRestrictions {
		return true
	}
	inside := func(r fixtures.IPRange) bool { return r.Contains(a.req.Client) }
	return slices.ContainsFunc(ranges, inside) || slices.ContainsFunc(a.app.Settings.TrustedIPRanges, inside)
}

// withinHours reads "08:00-18:00" in UTC; a window may span midnight.
func withinHours(window string, now time.Time) bool {
	if len(window) != len("08:00-18:00") {
		return true
	}
	at, from, to := now.UTC().Format("15:04"), window[:5], window[6:]
	if from <= to {
		return from <= at && at < to
	}
	return at >= from || at < to
}
