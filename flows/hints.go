package flows

import (
	"fmt"
	"strings"
	"time"
)

// refusal is what a client knows about one answer of the token endpoint. Salesforce's code alone does not tell causes
// apart (facts: rule 4), so an entry may also ask for words in the description: the fewest that real clients branch on.
type refusal struct {
	flow  string // empty: both
	code  string // empty: any
	words string // in the lower-cased description; empty: any
	hint  string

	spreads bool          // a new or changed app answers so until it has spread over the servers
	reload  bool          // a rotated credential answers so
	freshen bool          // a newly signed assertion may cure it
	memo    time.Duration // how long not to ask again; zero: the usual growing wait
}

const (
	newAppHint = " A new or changed app can take 2-10 minutes, at times some hours, to be known everywhere: wait and try again."
	runAsHint  = "choose the app's Run As user. Connected App: Manage > Edit Policies > Client Credentials Flow > Run As. " +
		"External Client App: Policies > OAuth Policies > Enable Client Credentials Flow and Run As. " +
		"Enter the user name, not the e-mail address, and check that the user is active."
	approveHint = "pre-authorize user {username}: app policy \"Admin approved users are pre-authorized\" plus a profile or permission set. " +
		"Check that Username is the exact user name (a sandbox adds a suffix) and that LoginURL is the right org."
	secretHint = "ClientSecret does not belong to ClientID: copy both from the same screen, look for spaces or line ends, " +
		"and ask whether they were rotated."
	outageHint       = "Salesforce or something before it is unavailable (maintenance?): see status.salesforce.com, and try again later."
	inactiveUserHint = "the integration user is inactive, frozen or locked: activate it in Setup > Users."
	inactiveOrgHint  = "the org is locked, suspended or deleted: ask Salesforce, or set LoginURL to the right org."
)

// refusals is searched from the top; the first entry that fits gives the hint and the handling.
var refusals = []refusal{
	{code: "invalid_grant", words: "on this domain", hint: "set LoginURL to the org's own host, " + myDomainExample +
		" (sandbox: https://<MyDomain>--<name>.sandbox.my.salesforce.com), not login. or test.salesforce.com."},
	{words: "credentials user", hint: runAsHint, spreads: true},
	{words: "flow not enabled", hint: "tick Enable Client Credentials Flow in the app's settings and in its policies.", spreads: true},
	{code: "invalid_client_id", hint: "ClientID is unknown on {host}: copy the Consumer Key again from this org; a sandbox has other keys " +
		"than production, and a sandbox refresh changes them.", spreads: true, reload: true},
	{flow: FlowJWTBearer, code: "invalid_client", hint: "the org could not verify the assertion with the app's certificate: compare the " +
		"fingerprint of the key in use, sha256:{fingerprint}, with the certificate.", spreads: true, reload: true},
	{code: "invalid_client", hint: secretHint, spreads: true, reload: true},
	{code: "invalid_client_credentials", hint: secretHint, spreads: true, reload: true},
	{flow: FlowJWTBearer, code: "app_not_found", hint: "set LoginURL and Audience to the org's My Domain URL (login. and test.salesforce.com " +
		"do not know External Client Apps); otherwise install the External Client App in this org.", spreads: true},
	{code: "app_not_found", hint: "install the External Client App in this org, or set LoginURL to the org that has it.", spreads: true},
	{code: "oauth_flow_disabled", hint: "enable the External Client App and its OAuth plug-in in Setup.", spreads: true},
	{code: "app_blocked", hint: "unblock the app in Setup > Connected Apps OAuth Usage."},
	{words: "audience", hint: "aud sent: {audience}, host: {host}. Set Audience to https://login.salesforce.com for production, " +
		"https://test.salesforce.com for a sandbox, or the My Domain URL for an External Client App.", spreads: true},
	{words: "invalid assertion", hint: "the form or signature of the assertion is wrong. Fingerprint of the key in use: sha256:{fingerprint}. " +
		"Compare it with the certificate in the app: is there one, and was it replaced?", spreads: true, reload: true},
	{flow: FlowJWTBearer, words: "expired authorization", hint: "the assertion had already expired for Salesforce. {clock} " +
		"Synchronize the clock; look for local time used as UTC.", freshen: true},
	{words: "approved this consumer", hint: approveHint, spreads: true},
	{flow: FlowClientCredentials, code: "invalid_app_access", hint: "pre-authorize the app's Run As user: app policy \"Admin approved users are " +
		"pre-authorized\" plus a profile or permission set that this user has.", spreads: true},
	{code: "invalid_app_access", hint: approveHint, spreads: true},
	{words: "ip restricted", hint: "this machine's address is not allowed: add it to the profile's or the app's trusted ranges, or relax IP " +
		"restrictions; check which proxy the call leaves by."},
	{words: "inactive user", hint: inactiveUserHint},
	{code: "inactive_user", hint: inactiveUserHint},
	{words: "inactive org", hint: inactiveOrgHint},
	{code: "inactive_org", hint: inactiveOrgHint},
	{words: "login rate", hint: "more than 3,600 logins in an hour for this user: stop, wait an hour, and share one token between all " +
		"workers. This client has asked for {logins} tokens since it started.", memo: time.Hour},
	{words: "no valid scopes", hint: "add the scope \"Manage user data via APIs (api)\" to the app; full and refresh_token alone do not count.", spreads: true},
	{words: "scope parameter", hint: "send no scope: scopes are set on the app."},
	{words: "refresh_token scope", hint: "add the refresh_token (offline_access) scope to the app, or pre-authorize the user.", spreads: true},
	{code: "invalid_scope", hint: "ask only for scopes that are selected on the app."},
	{code: "bad_jti_claim", hint: "the org has seen this jti before: sign a new assertion for each request.", freshen: true},
	{code: "invalid_basic_auth_header", hint: "set AuthStyle to send the pair in the body, and check that no proxy rewrites the Authorization header."},
	{code: "unsupported_grant_type", hint: "the server could not read the grant: check that LoginURL is the right host over https, with nothing between that rewrites the request."},
	{words: "authentication failure", hint: "a general refusal: look in Setup > Login History for the reason."},
	{code: "unknown_error", hint: "Salesforce kept answering so. If this persists, LoginURL is often the generic host: use " + myDomainExample + "."},
	{code: "rate_limit_exceeded", hint: "too many requests: slow down, and share one token between all workers."},
}

// handling returns the entry for a refusal; the zero entry means permanent, with nothing special to do.
func (e *TokenError) handling() refusal {
	if e.Code == "" {
		return refusal{}
	}
	description := strings.ToLower(e.Description)
	for _, r := range refusals {
		if r.reload && e.Temporary() { // an outage says nothing about the credential, whatever it answers with
			continue
		}
		if (r.flow == "" || r.flow == e.Flow) && (r.code == "" || r.code == e.Code) && strings.Contains(description, r.words) {
			if r.spreads {
				r.hint += newAppHint
			}
			return r
		}
	}
	if transientStatus(e.Status) {
		return refusal{hint: outageHint}
	}
	return refusal{hint: "an answer this client does not know: look in Setup > Login History, and give Salesforce the request id if there is one."}
}

// fillHint fills what is known of this request into a hint.
func (e *TokenError) fillHint(hint string) string {
	return strings.NewReplacer(
		"{host}", e.Host, "{audience}", e.Audience, "{username}", orElse(e.Username, "(the app's)"), "{fingerprint}", e.KeyFingerprint,
		"{clock}", e.clocks(), "{logins}", fmt.Sprint(e.Logins),
	).Replace(hint)
}

// maxClockDifference is what two synchronized hosts may differ by; the rest is the way of the answer.
const maxClockDifference = time.Minute

// noteClocks adds the clocks to the hint of a refused assertion where they differ: a wrong clock shows as almost any
// refusal of an assertion, not only as the one that names its time.
func (e *TokenError) noteClocks() {
	if e.Code == "" || e.Temporary() || e.AssertionExpiry.IsZero() || e.ServerTime.IsZero() || strings.Contains(e.Hint, e.clocks()) {
		return
	}
	if e.ClientTime.Sub(e.ServerTime).Abs() > maxClockDifference {
		e.Hint = strings.TrimSpace(e.Hint + " " + e.clocks() + " Synchronize the clock.")
	}
}

// clocks sets this host's time beside the server's Date (RFC 9110 section 6.6.1).
func (e *TokenError) clocks() string {
	text := fmt.Sprintf("Clock of this host: %s; exp sent: %s", stamp(e.ClientTime), stamp(e.AssertionExpiry))
	if e.ServerTime.IsZero() {
		return text + "; Salesforce named no Date."
	}
	return fmt.Sprintf("%s; Date of Salesforce: %s, a difference of %s.", text, stamp(e.ServerTime), e.ClientTime.Sub(e.ServerTime).Round(time.Second))
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
