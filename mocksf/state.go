package mocksf

import (
	"errors"
	"fmt"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/control"
	"github.com/sfconform/sfconform/mocksf/fault"
	"github.com/sfconform/sfconform/mocksf/journal"
	"github.com/sfconform/sfconform/mocksf/timeline"
)

// Pending are the changes that have not reached every node.
func (o *Org) Pending() []timeline.Pending {
	now := o.clock.Now()
	o.deploys.CatchUp(now)
	return o.timeline.Pending(now)
}

// SettlesAt is when every change so far is visible on every node. Those of deploys
// that wait are reckoned with the longest delay of the org's propagation.
func (o *Org) SettlesAt() time.Time {
	propagation := o.Config().Propagation
	settles, ends := o.timeline.SettlesAt(), o.deploys.EndsAt()
	if ends.IsZero() {
		return settles
	}
	var longest fixtures.Duration
	for _, delay := range propagation.Delays {
		longest = max(longest, delay)
	}
	if ends = ends.Add(time.Duration(longest)); ends.After(settles) {
		return ends
	}
	return settles
}

// deployed is the org as its deploys see and change it: each at its own end, which
// may lie before the org's time.
type deployed struct{ *Org }

// Config is the newest configuration but for deploys that have yet to be carried out.
func (d deployed) Config() fixtures.Org { return d.timeline.Newest() }

// ChangeAt changes the org at a deploy's end.
func (d deployed) ChangeAt(at time.Time, changes ...fixtures.Change) error {
	return d.changeAt(at, changes...)
}

// Stuck says why a node keeps an older state than it should; nil if none does.
func (o *Org) Stuck() error { return o.timeline.Err() }

// Reach is what the control API tells of proxy and authority.
func (o *Org) Reach() (any, error) {
	if o.reach == nil {
		return nil, errors.New("mocksf: there is no proxy: start mocksf with --proxy 127.0.0.1:0")
	}
	return o.reach(), nil
}

// Journal holds the org's last exchanges.
func (o *Org) Journal() *journal.Journal { return o.journal }

// Faults are the org's armed faults.
func (o *Org) Faults() *fault.Set { return o.faults }

// RevokeSessions ends sessions of a user, of an app, or all. The error names the
// user or app that does not exist.
func (o *Org) RevokeSessions(of control.Sessions) error {
	config := o.Config()
	switch {
	case of.All && of.User == "" && of.App == "":
		o.sessions.RevokeAll()
	case of.User != "" && of.App == "" && !of.All:
		if _, ok := config.Users[of.User]; !ok {
			return fmt.Errorf("mocksf: the org has no user %q", of.User)
		}
		o.sessions.RevokeUser(config.UserID(of.User))
	case of.App != "" && of.User == "" && !of.All:
		if _, ok := config.Apps[of.App]; !ok {
			return fmt.Errorf("mocksf: the org has no app %q", of.App)
		}
		o.sessions.RevokeApp(of.App)
	default:
		return errors.New(`mocksf: say whose sessions end: one of "user", "app" and "all"`)
	}
	return nil
}
