package scenario

import (
	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/stage"
)

// The scenarios of logins that are refused for good, for judges to ask for by name.
const (
	SecretRefused    = "secret-refused"
	KeyUnknown       = "consumer-key-unknown"
	NoRunAs          = "no-run-as-user"
	FlowOff          = "client-credentials-flow-off"
	AddressRefused   = "address-not-allowed"
	UserInactive     = "user-inactive"
	UserNotApproved  = "user-not-approved"
	OtherCertificate = "certificate-of-another-key"
	AudienceRefused  = "audience-refused"
	AppNotInstalled  = "app-not-installed"
	RefusedUnusually = "login-refused-in-words-of-its-own"
	documentationNet = "203.0.113.0/24" // RFC 5737: no client has an address of it
	foreignAudience  = "https://audience.example"
)

// RefusedForGood are the scenarios in which the token endpoint refuses the client and
// asking again does not help.
func RefusedForGood() []string {
	return []string{
		SecretRefused, KeyUnknown, NoRunAs, FlowOff, AddressRefused, UserInactive, UserNotApproved,
		OtherCertificate, AudienceRefused, AppNotInstalled, RefusedUnusually,
	}
}

// refusals are the situations in which the org's configuration refuses the login. The
// org itself answers; nothing is put into its mouth but a word that occurs nowhere else.
func refusals() []Scenario {
	clientCredentials, bearer := []fixtures.Flow{fixtures.ClientCredentials}, []fixtures.Flow{fixtures.JWTBearer}
	const user, app = "users/${user}/", "apps/${app}/"
	return []Scenario{
		{
			Name: KeyUnknown, Title: "The org does not know the Consumer Key.", Want: Fail, Advice: "client-id-unknown",
			Play: func(s *stage.Stage) { s.Change(fixtures.Set(app+"consumerKey", s.NewConsumerKey())) },
		},
		{
			Name: NoRunAs, Title: "The app has no Run As user.", Want: Fail, Advice: "run-as-missing",
			Flows: clientCredentials, World: changed(fixtures.Remove(app + "policies/runAs")),
		},
		{
			Name: FlowOff, Title: "The client credentials flow is not enabled on the app.", Want: Fail, Advice: "client-credentials-flow-off",
			Flows: clientCredentials, World: changed(fixtures.Set(app+"settings/clientCredentialsFlow", false)),
		},
		{
			Name: AddressRefused, Title: "The user may log in from another network only.", Want: Fail, Advice: "ip-restricted",
			World: changed(fixtures.Set(user+"loginIpRanges", []any{documentationNet})),
		},
		{
			Name: UserInactive, Title: "The integration user was deactivated.", Want: Fail, Advice: "user-inactive",
			Flows: bearer, World: changed(fixtures.Set(user+"active", false)),
		},
		{
			Name: UserNotApproved, Title: "The user is not pre-authorised for the app.", Want: Fail, Advice: "user-not-admin-approved",
			Flows: bearer, World: changed(fixtures.Remove(app + "policies/permissionSets")),
		},
		{
			Name: OtherCertificate, Title: "The app's certificate belongs to another key.", Want: Fail, Advice: "signature-mismatch",
			Flows: bearer, Play: func(s *stage.Stage) { s.Change(fixtures.Set(app+"certificate", "test:integration")) },
		},
		{
			Name: AudienceRefused, Title: "The configured audience is none of Salesforce's.", Want: Fail, Advice: "audience-invalid",
			Flows: bearer, Starts: []Start{{Set: map[string]string{stage.Audience: foreignAudience}}},
		},
		{
			Name: AppNotInstalled, Title: "The app is not installed in the org.", Want: Fail, Advice: "app-not-installed",
			Flows: bearer, World: changed(fixtures.Set(app+"installed", false)),
		},
		{
			Name: RefusedUnusually, Title: "The login is refused, and the description holds a word that occurs nowhere else.", Want: Fail,
			World: changed(fixtures.Set(user+"active", false)), Watch: longWatch,
			Play: func(s *stage.Stage) {
				word := s.Word()
				s.Alter("a word in the description", stage.When{Kind: evidence.TokenRequest}, func(a *stage.Answer) {
					if text := a.Field("error_description"); text != "" {
						a.Set("error_description", text+" ("+word+")")
					}
				})
			},
		},
	}
}

// changed is the world with the org's configuration changed from the start.
func changed(changes ...fixtures.Change) func(*stage.Options) {
	return func(o *stage.Options) { o.Org = append(o.Org, changes...) }
}
