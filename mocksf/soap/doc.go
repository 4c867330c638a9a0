// Package soap is the SOAP API of the fake org, in its enterprise and its partner
// form (SOAP 1.1; facts: section 5.7): what a client calls to prove its session and
// to read objects, and login() as far as its refusals.
//
// The session is an access token in the SessionHeader. An envelope is parsed, the
// rules of the call decide, and an operation answers: each step once, in this order.
package soap
