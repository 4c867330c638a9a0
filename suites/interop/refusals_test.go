package interop_test

import (
	"testing"

	"github.com/sfconform/sfconform/fixtures"
)

// situation is what a client walks into, and the refusal that it has to show.
type situation struct {
	name string
	// state is the case that the fake starts in.
	state fixtures.CaseID
	// beforeLogin and afterLogin are requests to the control API.
	beforeLogin, afterLogin *order
	want                    fixtures.RefusalID
}

// order is a request to the control API.
type order struct{ path, body string }

// situations are those of the flow: cases that a client walks into whose
// settings or org are wrong, and what only time or an admin brings about.
func situations(t *testing.T, flow fixtures.Flow) []situation {
	t.Helper()
	all := []situation{{
		name: "session-revoked", afterLogin: &order{"/sessions/revoke", `{"all":true}`}, want: "session-revoked",
	}, {
		name: "session-expired", afterLogin: &order{"/clock", `{"advance":"25h"}`}, want: "session-expired",
	}}
	if flow == fixtures.JWTBearer {
		// The clients make their assertions by the real clock, which the org's has left behind.
		all = append(all, situation{
			name: "assertion-expired", beforeLogin: &order{"/clock", `{"advance":"3h"}`}, want: "assertion-expired",
		})
	}
	for _, id := range states[flow] {
		all = append(all, situation{name: string(id), state: id, want: refusalOf(t, id)})
	}
	return all
}

var states = map[fixtures.Flow][]fixtures.CaseID{
	fixtures.ClientCredentials: {
		"client-credentials-unknown-client-id",
		"client-credentials-wrong-secret",
		"client-credentials-app-disabled",
		"client-credentials-flow-off",
		"client-credentials-no-run-as",
		"client-credentials-only-full-scope",
		"client-credentials-inactive-user",
		"session-without-api-permission",
	},
	fixtures.JWTBearer: {
		"jwt-bearer-unknown-issuer",
		"jwt-bearer-wrong-key",
		"jwt-bearer-audience-of-another-org",
		"jwt-bearer-unknown-user",
		"jwt-bearer-not-admin-approved",
		"jwt-bearer-app-not-installed",
		"jwt-bearer-inactive-user",
		"jwt-bearer-session-without-api-scope",
	},
}

// refusalOf is the refusal that the case leads to: of its token request, or of
// the first call after it.
func refusalOf(t *testing.T, id fixtures.CaseID) fixtures.RefusalID {
	t.Helper()
	c, err := fixtures.CaseByID(id)
	if err != nil {
		t.Fatal(err)
	}
	if c.Want.Refusal != "" {
		return c.Want.Refusal
	}
	for _, step := range c.Then {
		if step.Call != nil && step.Call.Want.Refusal != "" {
			return step.Call.Want.Refusal
		}
	}
	t.Fatalf("case %q leads to no refusal", id)
	return ""
}
