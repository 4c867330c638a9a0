package explain

import (
	"fmt"
	"net/url"
	"slices"

	"github.com/sfconform/sfconform/fixtures"
)

// orgCheck looks for one fault in an org's configuration.
type orgCheck struct {
	cause fixtures.CauseID
	// ofApp checks look at one app and are left out while none is known.
	ofApp bool
	// settles: where nothing is wrong, the cause is ruled out as far as the file goes.
	settles bool
	// fault says what is wrong; empty if it is in order.
	fault func(org fixtures.Org, app fixtures.App, loginURL string) string
}

var orgChecks = []orgCheck{
	{"run-as-user-missing", true, true, func(o fixtures.Org, a fixtures.App, _ string) string {
		if a.Policies.RunAs == "" {
			return "no Run As user is set in the policies"
		}
		if _, ok := o.Users[a.Policies.RunAs]; !ok {
			return "the Run As user is no user of the org"
		}
		return ""
	}},
	{"user-inactive-or-frozen", true, false, func(o fixtures.Org, a fixtures.App, _ string) string {
		u, ok := o.Users[a.Policies.RunAs]
		return when(ok && (!u.Active || u.Frozen), "the Run As user is inactive or frozen")
	}},
	{"api-not-enabled", true, false, func(o fixtures.Org, a fixtures.App, _ string) string {
		u, ok := o.Users[a.Policies.RunAs]
		return when(ok && !u.APIEnabled, "the Run As user lacks API Enabled")
	}},
	{"client-credentials-flow-not-enabled", true, true, func(_ fixtures.Org, a fixtures.App, _ string) string {
		if !a.Settings.ClientCredentialsFlow {
			return "Enable Client Credentials Flow is not ticked in the settings"
		}
		return when(a.Kind == fixtures.ExternalClientApp && !a.Policies.ClientCredentialsFlow, "Enable Client Credentials Flow is not ticked in the policies")
	}},
	{"app-blocked-or-not-installed", true, true, func(o fixtures.Org, a fixtures.App, _ string) string {
		eca := a.Kind == fixtures.ExternalClientApp
		switch {
		case a.Blocked:
			return "the app is blocked"
		case !a.Installed:
			return "the app is not installed in this org"
		case eca && !a.Enabled:
			return "the app is disabled in its policies"
		case eca && !a.OAuthPlugin:
			return "the OAuth plug-in is off"
		}
		return when(o.Settings.APIAccessControl && !a.APIAllowed, "API Access Control is on and the app is not on its list")
	}},
	{"scope-lacks-api", true, true, func(_ fixtures.Org, a fixtures.App, _ string) string {
		return when(!slices.Contains(a.Settings.Scopes, "api") && !slices.Contains(a.Settings.Scopes, "full"), "the scope api is not selected")
	}},
	{"scope-lacks-refresh-token", true, true, func(_ fixtures.Org, a fixtures.App, _ string) string {
		return when(!slices.Contains(a.Settings.Scopes, "refresh_token") && !slices.Contains(a.Settings.Scopes, "offline_access"), "the scope refresh_token is not selected")
	}},
	{"jwt-signature-certificate-mismatch", true, false, func(_ fixtures.Org, a fixtures.App, _ string) string {
		return when(a.Certificate == "", "the app has no certificate")
	}},
	{"user-not-admin-approved", true, false, notAssigned},
	{"jwt-user-not-preauthorised", true, false, func(_ fixtures.Org, a fixtures.App, _ string) string {
		return when(a.Policies.PermittedUsers == fixtures.AllUsersMaySelfAuthorize && len(a.ApprovedUsers) == 0, "Permitted Users is \"All users may self-authorize\" and no user approved the app")
	}},
	{"access-token-format-mismatch", true, false, func(_ fixtures.Org, a fixtures.App, _ string) string {
		return when(a.Settings.JWTAccessTokens, "the app issues JWT-based access tokens")
	}},
	{"consumer-key-unknown-or-not-propagated", true, true, func(fixtures.Org, fixtures.App, string) string { return "" }},
	{"password-flow-disabled", false, true, func(o fixtures.Org, _ fixtures.App, _ string) string {
		return when(!o.Settings.AllowUsernamePasswordFlows, "Allow OAuth Username-Password Flows is off")
	}},
	{"org-expired-or-inactive", false, true, func(o fixtures.Org, _ fixtures.App, _ string) string {
		return when(o.Status == fixtures.OrgSuspended, "the org is suspended")
	}},
	{"maintenance", false, true, func(o fixtures.Org, _ fixtures.App, _ string) string {
		return when(o.Status == fixtures.OrgMaintenance, "the org is under maintenance")
	}},
	{"wrong-host-login-instead-of-my-domain", false, false, func(o fixtures.Org, _ fixtures.App, login string) string {
		host := hostOf(login)
		return when(host == fixtures.LoginHost || host == fixtures.TestHost, "the login URL is a generic host, the org's My Domain is "+o.MyDomainHost())
	}},
	{"sandbox-vs-production", false, false, func(o fixtures.Org, _ fixtures.App, login string) string {
		host := hostOf(login)
		generic := host == fixtures.LoginHost || host == fixtures.TestHost
		return when(generic && host != o.GenericHost(), fmt.Sprintf("the org is a %s, whose generic host is %s", o.Kind, o.GenericHost()))
	}},
}

func notAssigned(o fixtures.Org, a fixtures.App, _ string) string {
	if a.Policies.PermittedUsers != fixtures.AdminApprovedUsers {
		return ""
	}
	if len(a.Policies.Profiles) == 0 && len(a.Policies.PermissionSets) == 0 {
		return "only admin-approved users are permitted, and no profile or permission set is assigned"
	}
	u, ok := o.Users[a.Policies.RunAs]
	if !ok || slices.Contains(a.Policies.Profiles, u.Profile) {
		return ""
	}
	has := slices.ContainsFunc(u.PermissionSets, func(set string) bool { return slices.Contains(a.Policies.PermissionSets, set) })
	return when(!has, "the Run As user has none of the assigned profiles and permission sets")
}

func when(is bool, fault string) string {
	if is {
		return fault
	}
	return ""
}

func hostOf(login string) string {
	u, err := url.Parse(login)
	if err != nil {
		return ""
	}
	return u.Hostname()
}
