// Package evidence holds what was seen of a client in one scenario: every exchange
// in full, every start of the client with its output and files, the TLS
// handshakes, and what the scenario itself did in between. Requirements are judged
// from it and from nothing else.
//
// It holds secrets (of the scenario, which made them) and stays in memory; what
// leaves it for a report goes through Redacted.
package evidence

import (
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/canary"
)

// Evidence is what was seen of a client in one scenario under one flow.
type Evidence struct {
	Scenario  string
	Flow      fixtures.Flow
	Operation string
	// Hosts are the addresses that the client was given or could be led to.
	Hosts Hosts
	// Secrets are the canaries of the scenario.
	Secrets *canary.Set
	// Settings is what the client was told to use, by the names of the contract.
	Settings map[string]string
	// Pairs are the pairs of Consumer Key and Consumer Secret that the first org's app
	// has had, in order; Certificates are those of its signing keys, as PEM.
	Pairs        []Pair
	Certificates []string
	// Runs are the starts of the client, in order.
	Runs []Run
	// Exchanges are the requests that arrived, in the order of their arrival, with
	// their answers.
	Exchanges []Exchange
	// Handshakes are the TLS handshakes and plain connections, in order.
	Handshakes []Handshake
	// Tunnels are the hosts that the client asked the proxy for, in order.
	Tunnels []string
	// Marks are what the scenario did, in order.
	Marks []Mark
	// KillSwitch says that the client was stopped because it had made its point:
	// it went on far beyond what any requirement allows.
	KillSwitch bool
	// Beyond is how many requests came after that; they are not among the exchanges.
	Beyond int
	// Output says that the output and files of the client could be seen.
	Output bool
	// OwnWork says that the client does what it does, whatever operation it is asked
	// for, and that nobody has declared what that is.
	OwnWork bool
	// LoginOnly says that the client does nothing but log in: it has no operation that
	// makes calls, or makes none where all is well.
	LoginOnly bool
	// Workers is how many tokens the client holds at once where all is well: each of its
	// processes may log in for itself. 0 means that nobody has looked.
	Workers int
	// ExitSilent says that the client ends with exit code 0 also where its login is
	// refused for good, so that its exit code says nothing anywhere.
	ExitSilent bool
	// ComposedURL says that the mapping of settings writes something round the login
	// URL, so that the client puts no URL together by itself.
	ComposedURL bool
}

// Role is what a host is in a scenario.
type Role string

// The roles of hosts.
const (
	// Token is the host of the token endpoint, which the client is configured with.
	Token Role = "token"
	// Instance is the host that instance_url names.
	Instance Role = "instance"
	// Moved is the host that a later instance_url names, and no other one serves then.
	Moved Role = "moved"
	// Foreign is a host that belongs to somebody else.
	Foreign Role = "foreign"
	// Plain is the token host without TLS.
	Plain Role = "plain"
)

// Hosts are the base URLs of a scenario by role, without a trailing slash; those of
// a second org stand under Second.
type Hosts struct {
	Bases  map[Role]string
	Second map[Role]string
}

// Handshake is a TLS handshake, or a plain connection.
type Handshake struct {
	Connection int
	Role       Role
	At         time.Time
	// Peer is the client's address and port.
	Peer string
	// Offered are the TLS versions that the client offered; empty for plain.
	Offered []uint16
	// ServerName is the SNI.
	ServerName string
	// Fault is what was wrong with the certificate or version, on purpose.
	Fault string
	// Completed says that the handshake was completed; Err why it was not.
	Completed bool
	Err       string
}

// Pair is a Consumer Key with the Consumer Secret that belongs to it.
type Pair struct{ ClientID, ClientSecret string }

// Mark is something that the scenario did: "sessions revoked".
type Mark struct {
	// Name in kebab-case; judges look for it.
	Name string
	At   time.Time
	// After is the number of the last exchange that had arrived by then.
	After int
}

// Run is one start of the client.
type Run struct {
	Number int
	// Operation is what the client was asked for.
	Operation string
	// Exit is how it ended.
	Exit Exit
	// Stdout and Stderr are what it wrote, the first and the last megabytes.
	Stdout, Stderr Output
	// Files are those that it left in HOME, TMPDIR and the working directory.
	Files []File
	// Arguments are the command lines of its process tree as sampled while it ran.
	Arguments []string
	// Left are the processes that were still there after it had ended.
	Left []string
	// Checks are the values of its CHECK lines, merged.
	Checks map[string]any
	// Began and Ended are real times.
	Began, Ended time.Time
	// FirstExchange and LastExchange bound the exchanges of this run; 0 means none.
	FirstExchange, LastExchange int
	// Err is what the client returned, for clients within the process.
	Err string
}

// Exit is how a start of the client ended.
type Exit struct {
	// Code is the exit status; -1 if a signal ended it.
	Code int
	// Signal that ended it, by name; empty if it exited.
	Signal string
	// TimedOut says that it had to be ended because its time was up.
	TimedOut bool
	// Stopped says that the scenario ended it (SIGTERM), as part of the test.
	Stopped bool
	// StopTook is how long it took to end after that.
	StopTook time.Duration
	// Unsupported says that it answered 127: it does not have the operation.
	Unsupported bool
}

// Succeeded says that the client said it had done its work.
func (e Exit) Succeeded() bool { return e.Code == 0 && e.Signal == "" && !e.TimedOut }

// Output is what a client wrote to one stream.
type Output struct {
	Head, Tail []byte
	// Total is how many bytes there were in all.
	Total int64
}

// Text is the output, with a line that says what is missing between head and tail.
func (o Output) Text() string {
	if len(o.Tail) == 0 {
		return string(o.Head)
	}
	return string(o.Head) + "\n[...]\n" + string(o.Tail)
}

// File is a file that a run of the client left.
type File struct {
	// Name is relative to the folder that Place names: home, temp or work.
	Place, Name string
	Mode        uint32
	Size        int64
	// Content is at most the first megabyte.
	Content []byte
}
