package token

import (
	"slices"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/session"
)

// userChecks judge the org and the user that logs in, whatever the grant (E18, E19).
var userChecks = []check{
	{Name: "org-active", Refusal: "org-inactive", Holds: func(a *attempt) bool { return a.org.Status != fixtures.OrgSuspended }},
	{Name: "user-active", Refusal: "user-inactive", Holds: func(a *attempt) bool { return a.user.Active || runsAs(a, "inactive-run-as") }},
	check{Name: "run-as-active", Refusal: "run-as-inactive", Holds: func(a *attempt) bool {
		return a.user.Active || a.grant != fixtures.GrantClientCredentials
	}}.When("inactive-run-as", "no-user-enabled"),
	{Name: "user-not-frozen", Refusal: "user-frozen", Holds: func(a *attempt) bool { return !a.user.Frozen || runsAs(a, "frozen-user") }},
	check{Name: "run-as-not-frozen", Refusal: "run-as-frozen", Holds: func(a *attempt) bool {
		return !a.user.Frozen || a.grant != fixtures.GrantClientCredentials
	}}.When("frozen-user", "no-user-enabled"),
}

// runsAs says whether the switch gives the Run As user an answer of its own.
func runsAs(a *attempt, id fixtures.SwitchID) bool {
	return a.grant == fixtures.GrantClientCredentials && a.org.Option(id) == "no-user-enabled"
}

// approvalChecks: may this user use the app by JWT bearer (E15, E16, E17)?
var approvalChecks = []check{
	check{Name: "refresh-token-scope", Refusal: "refresh-token-scope-missing", Holds: func(a *attempt) bool {
		return hasRefreshScope(a) || preApproved(a) || approvedBefore(a)
	}}.When("jwt-refresh-scope", "self-authorized-only"),
	check{Name: "refresh-token-scope-always", Refusal: "refresh-token-scope-missing", Holds: hasRefreshScope}.When("jwt-refresh-scope", "always"),
	adminApproved,
	{Name: "user-approved", Refusal: "user-not-approved", Holds: func(a *attempt) bool {
		return selfApproved(a) || (isExternalClientApp(a) && a.org.Option("eca-self-authorized") == "app-not-found")
	}},
	check{Name: "external-client-app-pre-authorized", Refusal: "eca-not-admin-approved-as-not-found", Holds: func(a *attempt) bool {
		return selfApproved(a) || !isExternalClientApp(a)
	}}.When("eca-self-authorized", "app-not-found"),
}

// adminApproved is asked in every flow in which a user takes part (E16).
var adminApproved = check{Name: "user-admin-approved", Refusal: "user-not-admin-approved", Holds: func(a *attempt) bool {
	return a.app.Policies.PermittedUsers != fixtures.AdminApprovedUsers || a.app.Admits(a.user)
}}

func hasRefreshScope(a *attempt) bool { return a.app.HasScope("refresh_token", "offline_access") }

// preApproved says that an admin decides who may use the app; whether this user
// may is another check.
func preApproved(a *attempt) bool {
	return a.app.Policies.PermittedUsers == fixtures.AdminApprovedUsers
}

func selfApproved(a *attempt) bool { return preApproved(a) || approvedBefore(a) }

// approvedBefore: the org's file says that the user approved the app, or he did at
// the authorize endpoint so that the app got a refresh token (facts: section 3).
func approvedBefore(a *attempt) bool {
	return a.app.ApprovedBy(a.user) || a.endpoint.sessions.Approved(session.AppHash(a.app.Name), a.user.ID)
}

// loginChecks judge when, from where and how often the user logs in (E20, E21).
var loginChecks = []check{
	check{Name: "within-login-hours", Refusal: "outside-login-hours", Holds: func(a *attempt) bool {
		return withinHours(a.user.LoginHours, a.req.Now)
	}}.When("login-hours", "ip-restricted"),
	{Name: "address-allowed", Refusal: "ip-restricted", Holds: addressAllowed},
	{Name: "login-rate", Refusal: "login-rate-exceeded", Holds: func(a *attempt) bool {
		return a.endpoint.logins.count(a.user.ID, a.req.Now, a.org.Settings.LoginRate)
	}},
}

func addressAllowed(a *attempt) bool {
	ranges := a.user.LoginIPRanges
	if len(ranges) == 0 || relaxed(a) {
		return true
	}
	inside := func(r fixtures.IPRange) bool { return r.Contains(a.req.Client) }
	return slices.ContainsFunc(ranges, inside) || slices.ContainsFunc(a.app.Settings.TrustedIPRanges, inside)
}

// relaxed says whether the app's IP Relaxation lifts the restriction for this flow.
func relaxed(a *attempt) bool {
	switch a.app.Policies.IPRelaxation {
	case fixtures.RelaxIPRestrictions:
		return true
	case fixtures.EnforceButRelaxOnRenewal:
		return a.grant == fixtures.GrantRefreshToken
	case fixtures.EnforceIPRestrictions, fixtures.RelaxForActivatedDevices:
	}
	return false
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
