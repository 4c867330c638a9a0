package interop_test

import (
	"context"
	"os"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
)

// client is software of another project that logs in and reads.
type client struct {
	name string
	ways []way
	// installed is for clients that make interop installs first.
	installed bool
	// dropsCode is for clients that show the error_description of a refused login without its error.
	dropsCode bool
	// never holds the situations that the client does not get into, each with the reason.
	never map[string]string
}

// way is one way in which a client logs in.
type way struct {
	name string
	flow fixtures.Flow
	// login logs in. Its error is what the client says of a refusal.
	login func(ctx context.Context, vars map[string]string) (reader, error)
}

// reader asks a query with what a login yielded and returns the first field of
// the first record. Its error is what the client says of a refusal.
type reader func(ctx context.Context) (string, error)

// userQuery reads one record whose value a client's settings foretell: the
// flow's own user.
func userQuery(vars map[string]string) string {
	return "SELECT Username FROM User WHERE Username = '" + vars["SF_USERNAME"] + "'"
}

// clients are all there are. The programs stand in this folder.
func clients() []client {
	return []client{
		{name: "curl with openssl", installed: true, ways: []way{
			programWay("client credentials, body", fixtures.ClientCredentials, "./curl/login", "body"),
			programWay("client credentials, Basic", fixtures.ClientCredentials, "./curl/login", "basic"),
			programWay("client credentials, query", fixtures.ClientCredentials, "./curl/login", "query"),
			programWay("JWT bearer", fixtures.JWTBearer, "./curl/login", "jwt"),
		}},
		{name: "golang.org/x/oauth2", ways: oauth2Ways()},
		{name: "jsforce", installed: true, ways: []way{
			jsforce("client credentials", fixtures.ClientCredentials, "client-credentials"),
			jsforce("JWT bearer", fixtures.JWTBearer, "jwt-bearer"),
		}},
		{name: "@salesforce/core", installed: true, dropsCode: true, never: salesforceCoreNever, ways: []way{salesforceCore()}},
	}
}

// salesforceCoreNever is from facts: client-habits.md, "Assertions in the wild".
var salesforceCoreNever = map[string]string{
	"assertion-expired":                  "its exp is in milliseconds, and so millennia ahead",
	"session-revoked":                    "it logs in again on a 401",
	"session-expired":                    "it logs in again on a 401",
	"jwt-bearer-audience-of-another-org": "it tries audiences until one is right",
}

// jsforce is how jsforce logs in.
func jsforce(name string, flow fixtures.Flow, argument string) way {
	return programWay(name, flow, "node", "node/jsforce.mjs", argument)
}

// salesforceCore is how @salesforce/core, the library of the sf command, logs in.
func salesforceCore() way {
	return programWay("JWT bearer", fixtures.JWTBearer, "node", "node/salesforce-core.mjs")
}

// require skips the client unless everything that it needs was installed.
func (c client) require(t *testing.T) {
	t.Helper()
	if c.installed {
		requireInstalled(t)
	}
}

func requireInstalled(t *testing.T) {
	t.Helper()
	if os.Getenv("SFCONFORM_INTEROP") == "" {
		t.Skip("this client has to be installed first: make interop does it")
	}
}
