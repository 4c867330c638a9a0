package endpoint

import (
	"context"
	"net/http"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/request"
)

// Target is a token endpoint under test, and what the suite may do to it.
type Target struct {
	// Name and Version say what it is, for the report.
	Name    string
	Version string
	// Behaviour names the preset or the switches that it runs with; empty if that is not known.
	Behaviour    string
	Capabilities Capabilities
	// Open puts the target into the case's state: its set-up and the changes of
	// Case.Org. The session is used by one spec and closed after it.
	Open func(ctx context.Context, c fixtures.Case) (Session, error)
}

// Capabilities are what a target can do beyond answering. A case that needs one
// which the target lacks is skipped with that reason.
type Capabilities struct {
	// ChangeOrg: changes of the org can be made, before a case and during it.
	ChangeOrg bool `json:"changeOrg"`
	// AllSetups: every working set-up can be opened, not only those of the first one's org.
	AllSetups bool `json:"allSetups"`
	// MoveClock: the target's clock can be advanced.
	MoveClock bool `json:"moveClock"`
	// GenericHosts: requests under other host names than the org's My Domain reach the target.
	GenericHosts bool `json:"genericHosts"`
	// RealHost: requests carry the org's real host name. A fake on a loopback
	// address is laxer, since clients cannot be told to use another audience.
	RealHost bool `json:"realHost"`
	// Journal: the target tells which refusal and which check decided.
	Journal bool `json:"journal"`
	// Live: the target is a real org, or stands in for one. Nothing is done to it
	// that could lock a user out, and the calls are counted against a budget.
	Live bool `json:"live"`
}

// Session is a target in the state of one case. Requests go through it as an
// http.RoundTripper: their URLs hold the real host names, and it decides how to
// reach them.
type Session interface {
	http.RoundTripper
	// Credentials are those of the case's set-up.
	Credentials() request.Credentials
	// Change changes the org now; needs ChangeOrg.
	Change(changes ...fixtures.Change) error
	// Advance moves the clock; needs MoveClock.
	Advance(d time.Duration) error
	// Now is the target's clock.
	Now() time.Time
	// Decision is what decided the last request; needs Journal.
	Decision() (Decision, error)
	Close() error
}

// Decision is what the target says about the last request that it answered.
type Decision struct {
	// Refusal is empty for a success.
	Refusal fixtures.RefusalID
	// Check is the name of the check that failed.
	Check string
}
