// Package mocksf is a fake Salesforce: one or more orgs that answer over HTTP as
// their configuration says real ones would.
//
// New makes a server, Start lets it listen, Handler and RoundTripper reach it
// without a port; in a Go test Serve does all of this in one call. The examples
// show each way. No answer is chosen by a test: it follows from the org's apps, users, policies, certificates, clock and
// propagation, which Org.Change and Org.Advance move.
package mocksf
