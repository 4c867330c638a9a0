// Package endpoint is the conformance suite for a token endpoint: every case of
// the catalogue as a spec, over plain HTTP and through package flows.
//
// It has three doors. [Register] adds the specs to a Ginkgo suite that somebody
// else runs, [Test] runs them under go test, [Run] runs them in a program and
// returns a [Report]. Nothing is declared at package level, and no door ends the
// process. The endpoint under test is handed in as a [Target].
package endpoint
