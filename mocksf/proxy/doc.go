// Package proxy is the forward proxy through which unmodified clients reach the
// fake under Salesforce's own host names (RFC 9110 section 9.3.6, CONNECT).
//
// Hosts of Salesforce end in the fake, a few named ones may be let through, and
// every other one is refused, so that nothing leaves the machine by accident.
// The tunnel carries the client's own TLS to the fake's listener: nobody stands
// in the middle.
package proxy
