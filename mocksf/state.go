package mocksf

import (
	"errors"
	"fmt"
	"time"

	"github.com/sfconform/sfconform/mocksf/control"
	"github.com/sfconform/sfconform/mocksf/fault"
	"github.com/sfconform/sfconform/mocksf/journal"
	"github.com/sfconform/sfconform/mocksf/timeline"
)

// Pending are the changes that have not reached every node.
func (o *Org) Pending() []timeline.Pending { return o.timeline.Pending(o.clock.Now()) }

// SettlesAt is when every change so far is visible on every node.
func (o *Org) SettlesAt() time.Time { return o.timeline.SettlesAt() }

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
