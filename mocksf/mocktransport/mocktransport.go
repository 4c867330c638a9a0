// Package mocktransport puts the fake org behind an httpmock.MockTransport: a
// test that mocks other services with httpmock meets the fake under Salesforce's
// own host names.
package mocktransport

import (
	"net/http"
	"regexp"

	"github.com/jarcoal/httpmock"

	"github.com/sfconform/sfconform/mocksf"
)

// salesforce are the addresses that lead to the fake.
var salesforce = regexp.MustCompile(`^https?://([\w-]+\.)+(salesforce\.com|force\.com|salesforce-setup\.com)(:\d+)?(/|$)`)

// methods are all that a client of the org uses.
var methods = []string{
	http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions,
}

// Register lets the orgs of the server answer every request to a Salesforce host
// that the transport gets. Responders that were or will be registered for an exact
// address go first.
func Register(transport *httpmock.MockTransport, server *mocksf.Server) {
	orgs := server.RoundTripper()
	for _, m := range methods {
		transport.RegisterRegexpResponder(m, salesforce, orgs.RoundTrip)
	}
}
