// Package interop proves the fake with clients that this project did not write:
// curl with openssl, golang.org/x/oauth2 and npm's jsforce log in to a mocksf
// process by both flows, @salesforce/core by JWT bearer, and read a record. Each
// meets refusals whose words must be the catalogue's.
//
// The package holds tests only. Under go test golang.org/x/oauth2 runs; the
// clients that have to be installed join in when SFCONFORM_INTEROP is set, which
// is what make interop does.
package interop
