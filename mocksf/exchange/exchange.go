// Package exchange holds what passes between the rooms of the fake org: a
// request as every handler sees it, and the answer that a handler returns.
// Handlers never touch the socket; one place reads requests, one writes answers.
package exchange

import (
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/snapshot"
)

// Request is one request after it was read and routed: which host was meant,
// which node serves it and what that node knows of the org.
type Request struct {
	Method string
	// Path is the decoded path without a final slash; Query the decoded query.
	Path   string
	Query  url.Values
	Header http.Header
	// Body holds at most MaxBodyOf(Path) bytes; TooLarge says that there were more.
	Body     []byte
	TooLarge bool
	Host     Host
	// Client is the address that the request came from.
	Client netip.Addr
	// Node is the number of the node that serves the request.
	Node int
	// Org is what the node knows of the org.
	Org *snapshot.Org
	// Now is the org's time, the same one for the whole request.
	Now time.Time
	// Values are the parts of the path that the route names.
	Values map[string]string
}

// MaxBody is the size in bytes above which a request body is cut off.
const MaxBody = 1 << 20

// Value is the part of the path that the route calls name.
func (r *Request) Value(name string) string { return r.Values[name] }

// Host is the address that a request was sent to.
type Host struct {
	Role Role
	// Base is the address without a trailing slash: "https://acme.my.salesforce.com".
	Base string
	// Name is the host name as asked for, without the port.
	Name string
	// Instance is the base of the address where the org's data lives, if that is not
	// the one that was asked.
	Instance string
}

// Role is what a host is to the org that answers.
type Role int

// The roles of hosts (facts: sections 1.4, 2 and 3).
const (
	// MyDomain is the org's own host.
	MyDomain Role = iota
	// Loopback is an address of this machine; it stands in for the org's own host.
	Loopback
	// Login and Test are the generic login hosts.
	Login
	Test
	// Setup is *.my.salesforce-setup.com.
	Setup
	// Lightning is *.lightning.force.com, which serves no API.
	Lightning
	// Elsewhere is a host that exists but does not know this org: the other
	// generic host, say. No consumer key of the org is known there.
	Elsewhere
)

// Generic says whether the host is one of the login hosts that all orgs share.
func (r Role) Generic() bool { return r == Login || r == Test }

// Own says whether the host belongs to the org alone.
func (r Role) Own() bool { return r == MyDomain || r == Loopback }

// Answer is what a handler returns.
type Answer struct {
	Status int
	// ContentType of the body; empty means that there is none.
	ContentType string
	Body        []byte
	// Header holds what the answer adds to the headers of every answer.
	Header map[string]string
	Note   Note
}

// Note is what the journal keeps of how an answer came about.
type Note struct {
	Refusal  fixtures.RefusalID
	Check    string
	Grant    fixtures.Grant
	ClientID string
	Username string
	// App is the API name of the app, once known.
	App string
	// Params are the form parameters as they came; the journal redacts them.
	Params url.Values
}

// Handler answers one request.
type Handler func(*Request) Answer
