// Package mocksf is a fake Salesforce: one or more orgs that answer over HTTP as
// their configuration says real ones would.
//
//	server, err := mocksf.New(mocksf.Options{})
//	...
//	err = server.Start()
//	defer server.Close()
//	credentials := server.Org().Credentials("integration")
//
// In a Go test, Serve does all of this in one call. No answer is chosen by a
// test: it follows from the org's apps, users, policies, certificates, clock and
// propagation, which Org.Change and Org.Advance move.
package mocksf
