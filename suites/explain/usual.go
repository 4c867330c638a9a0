package explain

import (
	"slices"

	"github.com/sfconform/sfconform/fixtures"
)

// usual are the causes that something found in a text has most often, in the order of
// how often: they are listed behind what the text itself speaks for, so that a text
// with one clue or none does not hide them. Of a grant's rows those before that of any.
var usual = []struct {
	found  []signal
	grant  fixtures.Grant
	causes []fixtures.CauseID
}{
	{all("alone:invalid_grant"), fixtures.GrantJWTBearer, []fixtures.CauseID{"jwt-user-not-preauthorised", "jwt-audience-wrong", "jwt-expired-or-clock-skew"}},
	{all("alone:invalid_grant"), fixtures.GrantRefreshToken, []fixtures.CauseID{"refresh-token-expired-or-revoked", "client-bug-token-rotation-race", "sandbox-vs-production"}},
	{all("alone:invalid_grant"), fixtures.GrantAuthorizationCode, []fixtures.CauseID{"auth-code-expired-or-reused", "pkce-verifier-mismatch", "sandbox-vs-production"}},
	{all("alone:invalid_grant"), fixtures.GrantClientCredentials, []fixtures.CauseID{"wrong-host-login-instead-of-my-domain", "run-as-user-missing", "client-credentials-flow-not-enabled"}},
	{all("alone:invalid_grant"), "", []fixtures.CauseID{"password-or-security-token-wrong", "sandbox-vs-production", "refresh-token-expired-or-revoked", "password-flow-disabled"}},
	{all("alone:invalid_client"), fixtures.GrantJWTBearer, []fixtures.CauseID{"jwt-signature-certificate-mismatch", "consumer-secret-wrong", "client-bug-flow-unsupported-by-library"}},
	{all("alone:invalid_client"), "", []fixtures.CauseID{"consumer-secret-wrong", "client-bug-secret-not-sent", "consumer-key-unknown-or-not-propagated"}},
	{all("alone:invalid_request"), fixtures.GrantAuthorizationCode, []fixtures.CauseID{"pkce-required-but-missing", "redirect-uri-mismatch", "client-bug-body-not-form-encoded"}},
	{all("alone:invalid_request"), "", []fixtures.CauseID{"client-bug-body-not-form-encoded", "client-bug-http-not-https", "pkce-required-but-missing"}},
	{all("alone:access_denied"), "", []fixtures.CauseID{"user-denied-access", "user-not-admin-approved", "app-blocked-or-not-installed"}},
	{all("alone:INSUFFICIENT_ACCESS"), "", []fixtures.CauseID{"session-security-level", "modify-metadata-missing", "api-not-enabled"}},
	{all("wire:user-not-admin-approved"), "", []fixtures.CauseID{"user-not-admin-approved", "jwt-user-not-preauthorised", "app-blocked-or-not-installed"}},
	{all("wire:redirect-uri-mismatch"), "", []fixtures.CauseID{"redirect-uri-mismatch", "sandbox-vs-production", "client-bug-config-not-read"}},
	{all("wire:code-verifier-invalid"), "", []fixtures.CauseID{"pkce-verifier-mismatch", "pkce-required-but-missing", "auth-code-expired-or-reused"}},
	{all("wire:user-inactive"), "", []fixtures.CauseID{"user-inactive-or-frozen", "org-expired-or-inactive", "sandbox-vs-production"}},
	{all("page:generic"), "", []fixtures.CauseID{"app-blocked-or-not-installed", "user-not-admin-approved", "redirect-uri-mismatch"}},

	// What the network and TLS say.
	{all("dns:failed", "dns:temporary"), "", []fixtures.CauseID{"dns-my-domain", "network-proxy-or-firewall", "client-bug-instance-url"}},
	{all("tls:hostname"), "", []fixtures.CauseID{"tls-hostname-mismatch", "tls-trust", "wrong-host-not-my-domain-form"}},
	{all("tls:untrusted", "net:inspecting-proxy"), "", []fixtures.CauseID{"tls-trust", "network-proxy-or-firewall", "tls-hostname-mismatch"}},
	{all("tls:old", "tls:handshake", "tls:closed-on-send", "net:reset", "net:eof"), "", []fixtures.CauseID{"tls-version-too-old", "network-proxy-or-firewall", "tls-trust"}},
	{all("net:failed", "net:timeout", "net:refused", "net:unreachable", "net:proxy"), "", []fixtures.CauseID{"network-proxy-or-firewall", "dns-my-domain", "tls-version-too-old"}},
	{all("net:unavailable", "net:gateway", "says:maintenance"), "", []fixtures.CauseID{"maintenance", "network-proxy-or-firewall", "client-bug-request-too-long"}},

	// What clients say.
	{all("local:no-refresh-token"), "", []fixtures.CauseID{"client-bug-no-refresh-token-stored", "scope-lacks-refresh-token", "client-bug-config-not-read"}},
	{all("key:unreadable"), "", []fixtures.CauseID{"key-file-malformed", "client-bug-config-not-read", "jwt-signature-certificate-mismatch"}},
	{all("local:flow-unknown", "local:no-such-flow", "local:flow-argument"), "", []fixtures.CauseID{"client-bug-flow-unsupported-by-library", "client-bug-wrong-login-parameters", "client-bug-wrong-grant-type"}},
	{all("local:arguments", "local:bad-arguments", "local:unexpected-argument"), "", []fixtures.CauseID{"client-bug-wrong-login-parameters", "client-bug-config-not-read", "client-bug-flow-unsupported-by-library"}},
	{all("local:config-missing", "config:lost", "url:empty", "url:unexpanded"), "", []fixtures.CauseID{"client-bug-config-not-read", "client-bug-wrong-login-parameters", "client-bug-instance-url"}},
	{all("local:no-scheme", "local:invalid-url"), "", []fixtures.CauseID{"client-bug-http-not-https", "client-bug-config-not-read", "client-bug-instance-url"}},
	{all("local:swallowed", "local:null-result", "local:null-deref", "local:not-json"), "", []fixtures.CauseID{"client-bug-error-swallowed", "client-bug-config-not-read", "wrong-host-not-my-domain-form"}},

	// A bare status.
	{all("status:401"), "", []fixtures.CauseID{"session-expired", "client-bug-token-not-sent", "client-bug-no-reauthentication"}},
	{all("status:403"), "", []fixtures.CauseID{"api-not-enabled", "scope-lacks-api", "ip-restricted"}},
	{all("status:404"), "", []fixtures.CauseID{"client-bug-malformed-token-url", "wrong-instance-url-after-login", "wrong-host-not-my-domain-form"}},
	{all("status:500", "status:502", "status:503", "status:504"), "", []fixtures.CauseID{"maintenance", "network-proxy-or-firewall", "client-bug-request-too-long"}},
	{all("status:400"), fixtures.GrantJWTBearer, []fixtures.CauseID{"jwt-user-not-preauthorised", "jwt-audience-wrong", "jwt-expired-or-clock-skew"}},
	{all("status:400"), fixtures.GrantClientCredentials, []fixtures.CauseID{"wrong-host-login-instead-of-my-domain", "client-credentials-flow-not-enabled", "run-as-user-missing"}},
	{all("status:400"), fixtures.GrantRefreshToken, []fixtures.CauseID{"refresh-token-expired-or-revoked", "client-bug-token-rotation-race", "sandbox-vs-production"}},
	{all("status:400"), fixtures.GrantPassword, []fixtures.CauseID{"password-or-security-token-wrong", "password-flow-disabled", "sandbox-vs-production"}},
	{all("status:400"), fixtures.GrantAuthorizationCode, []fixtures.CauseID{"auth-code-expired-or-reused", "redirect-uri-mismatch", "pkce-verifier-mismatch"}},
}

const (
	// wanted is how many causes an answer should name, where there are so many.
	wanted = 3
	// usualWeight is what the first of the usual causes weighs, and usualStep how much
	// less the next one does: what nothing in the text speaks for stays weak.
	usualWeight = 0.14
	usualStep   = 0.02
)

// usualClaims name the usual causes of what was found, where less than three causes are
// spoken for.
func usualClaims(f *facts, claims []claim) []claim {
	if f.hasAny("foreign:said", "other-cloud:said", "token:response", "outcome:recovered") || !f.namesSalesforce() && !f.hasAny("wire", "salesforce-words", "salesforce-code") {
		return nil
	}
	var named []fixtures.CauseID
	hints := map[fixtures.CauseID]float64{}
	for _, t := range tallyUp(claims) {
		if t.confidence() >= worthNaming {
			named = append(named, t.cause)
		}
		hints[t.cause] = 1 - t.doubt
	}
	var list []claim
	grants := f.grants()
	for _, row := range usual {
		at := slices.IndexFunc(row.found, f.has)
		if at < 0 || row.grant != "" && !slices.Contains(grants, row.grant) {
			continue
		}
		for _, id := range row.causes {
			if len(named) >= wanted {
				return list
			}
			weight := usualWeight - usualStep*float64(len(list))
			// What weighs more and is not named has something against it.
			if !slices.Contains(named, id) && hints[id] < weight {
				named = append(named, id)
				list = append(list, claim{cause: id, weight: (weight - hints[id]) / (1 - hints[id]), from: row.found[at]})
			}
		}
	}
	return list
}
