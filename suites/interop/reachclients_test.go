package interop_test

import (
	"slices"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
)

// reacher is a client that meets the fake under Salesforce's own names. Nothing
// tells it of a proxy or an authority but the environment.
type reacher struct {
	name string
	// runtime is the name of its runtime to mocksf env.
	runtime string
	// tls is the TLS library that it verifies with; "" where the client keeps to
	// itself what that said.
	tls tlsLibrary
	// program takes the word for a flow, its own user's query if it asks for one, and
	// a login URL.
	program   []string
	flows     map[fixtures.Flow]string
	asksQuery bool
	// choosesHost is for clients that try hosts as they see fit.
	choosesHost bool
	installed   bool
}

// Most programs here go by the flow's own name.
var flowNames = map[fixtures.Flow]string{
	fixtures.ClientCredentials: "client-credentials", fixtures.JWTBearer: "jwt-bearer",
}

// reachers are all there are. The programs stand in this folder.
func reachers(t *testing.T) []reacher {
	t.Helper()
	return []reacher{
		{
			name: "curl with openssl", runtime: "curl", tls: openSSL, program: []string{"./curl/login"}, asksQuery: true, installed: true,
			flows: map[fixtures.Flow]string{fixtures.ClientCredentials: "body", fixtures.JWTBearer: "jwt"},
		},
		{name: "Go's net/http", runtime: "go", tls: cryptoTLS, program: []string{buildGoClient(t)}, flows: flowNames},
		{name: "jsforce", runtime: "node", tls: openSSL, program: []string{"node", "node/jsforce.mjs"}, flows: flowNames, asksQuery: true, installed: true},
		{name: "openid-client", runtime: "node", tls: openSSL, program: []string{"node", "node/openid-client.mjs"}, flows: flowNames, installed: true},
		{
			name: "@salesforce/core", runtime: "node", program: []string{"node", "node/salesforce-core.mjs"},
			flows: map[fixtures.Flow]string{fixtures.JWTBearer: ""}, asksQuery: true, choosesHost: true, installed: true,
		},
		{name: "Python's Requests", runtime: "python", tls: openSSL, program: []string{"python3", "python/login.py"}, flows: flowNames, installed: true},
		{
			name: "oauth2 for Ruby", runtime: "ruby", tls: openSSL, program: []string{"ruby", "ruby/login.rb"}, installed: true,
			flows: map[fixtures.Flow]string{fixtures.ClientCredentials: "client-credentials"},
		},
		{name: "PHP's cURL", runtime: "php", tls: openSSL, program: []string{"php", "php/login.php"}, flows: flowNames, installed: true},
		{
			name: "Perl's LWP", runtime: "perl", program: []string{"perl", "perl/login.pl"}, installed: true,
			flows: map[fixtures.Flow]string{fixtures.ClientCredentials: "client-credentials"},
		},
		{name: "Java's HttpClient", runtime: "java", tls: jsse, program: []string{"java", "java/Login.java"}, flows: flowNames, installed: true},
	}
}

// entrance is a place to log in by a flow, and who may.
type entrance struct {
	name  string
	flow  fixtures.Flow
	setup fixtures.SetupID
	// generic is for the login host that all orgs share. It knows Connected Apps alone
	// and no client credentials (facts: token-endpoint.md, sections 2 and 3).
	generic bool
}

var entrances = []entrance{
	{name: "client credentials", flow: fixtures.ClientCredentials, setup: "external-client-app"},
	{name: "JWT bearer", flow: fixtures.JWTBearer, setup: "external-client-app"},
	{name: "JWT bearer, generic host", flow: fixtures.JWTBearer, setup: "connected-app", generic: true},
}

// opens says whether the client logs in there.
func (e entrance) opens(c reacher) bool {
	_, knows := c.flows[e.flow]
	return knows && (!e.generic || !c.choosesHost)
}

// entry is an entrance with the facts that a client's doings there are held to.
type entry struct {
	entrance
	setup fixtures.Setup
	// loginHost is where the client has to ask for a token, instanceHost where it reads.
	loginHost, instanceHost string
}

func (e entrance) entry(t *testing.T) entry {
	t.Helper()
	setup, err := fixtures.SetupByID(e.setup)
	if err != nil {
		t.Fatal(err)
	}
	org, err := setup.Org()
	if err != nil {
		t.Fatal(err)
	}
	found := entry{e, setup, org.MyDomainHost(), org.MyDomainHost()}
	if e.generic {
		found.loginHost = org.GenericHost()
	}
	return found
}

// command is what starts the client there.
func (c reacher) command(e entry) []string {
	command := slices.Clone(c.program)
	if word := c.flows[e.flow]; word != "" {
		command = append(command, word)
	}
	if c.asksQuery {
		command = append(command, userQuery(map[string]string{"SF_USERNAME": e.setup.User}))
	}
	if e.generic {
		command = append(command, "https://"+e.loginHost)
	}
	return command
}

func (c reacher) require(t *testing.T) {
	t.Helper()
	if c.installed {
		requireInstalled(t)
	}
}
