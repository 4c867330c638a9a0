// Package interop proves the fake with clients that this project did not write.
//
// Over plain http on loopback curl with openssl, golang.org/x/oauth2 and npm's jsforce
// log in to a mocksf process by both flows, @salesforce/core by JWT bearer, and read a
// record. Each meets refusals whose words must be the catalogue's.
//
// Under Salesforce's own names, through the proxy and with certificates verified, curl,
// Go's net/http, jsforce, openid-client, @salesforce/core, Python's Requests, Ruby's
// oauth2, PHP's cURL, Perl's LWP and Java's HttpClient do the same with nothing but the
// environment that mocksf exec or mocksf env sets, and refuse each TLS fault. So do the
// recipes of the README.
//
// sfconform client judges x/oauth2, jsforce, go-salesforce, Authlib and Ruby's oauth2,
// and its findings are those that their source confirms.
//
// The package holds tests and, in a folder for each runtime, the programs that drive the
// clients. Under go test the Go clients run; those that have to be installed join in
// when SFCONFORM_INTEROP is set, which is what make interop does.
package interop
