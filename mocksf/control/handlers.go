package control

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/fault"
	"github.com/sfconform/sfconform/mocksf/journal"
	"github.com/sfconform/sfconform/mocksf/timeline"
)

func getOrg(org Org, _ *http.Request) (any, error) { return redacted(org.Config()), nil }

func getCredentials(org Org, r *http.Request) (any, error) {
	return org.Credentials(r.URL.Query().Get("app"))
}

func getReach(org Org, _ *http.Request) (any, error) { return org.Reach() }

// changesView is what is known of changes on their way.
type changesView struct {
	Pending   []timeline.Pending `json:"pending"`
	SettlesAt time.Time          `json:"settlesAt"`
	Now       time.Time          `json:"now"`
	// Stuck says why a node keeps an older state than it should.
	Stuck string `json:"stuck,omitempty"`
}

func getChanges(org Org, _ *http.Request) (any, error) {
	v := changesView{Pending: org.Pending(), SettlesAt: org.SettlesAt(), Now: org.Now()}
	if err := org.Stuck(); err != nil {
		v.Stuck = err.Error()
	}
	return v, nil
}

func postChanges(org Org, r *http.Request) (any, error) {
	var body struct {
		Changes []fixtures.Change `json:"changes"`
	}
	if err := decode(r, &body); err != nil {
		return nil, err
	}
	if len(body.Changes) == 0 {
		return nil, errors.New(`control: there are no changes: send {"changes":[{"path":"...","value":...}]}`)
	}
	if err := org.Change(body.Changes...); err != nil {
		return nil, fmt.Errorf("control: nothing was changed: %w", err)
	}
	return getChanges(org, r)
}

// clockView is the answer about the org's time.
type clockView struct {
	Now       time.Time `json:"now"`
	SettlesAt time.Time `json:"settlesAt"`
}

func getClock(org Org, _ *http.Request) (any, error) {
	return clockView{org.Now(), org.SettlesAt()}, nil
}

func postClock(org Org, r *http.Request) (any, error) {
	var body struct {
		Advance fixtures.Duration `json:"advance"`
		Settle  bool              `json:"settle"`
	}
	if err := decode(r, &body); err != nil {
		return nil, err
	}
	by := time.Duration(body.Advance)
	if body.Settle {
		by = max(by, org.SettlesAt().Sub(org.Now()))
	}
	if by <= 0 && !body.Settle {
		return nil, errors.New(`control: the clock is moved by {"advance":"10m"} or {"settle":true}`)
	}
	if err := org.Advance(max(by, 0)); err != nil {
		return nil, err
	}
	return getClock(org, r)
}

func getFaults(org Org, _ *http.Request) (any, error) {
	return map[string]any{"faults": org.Faults().Armed()}, nil
}

func getFaultKinds(Org, *http.Request) (any, error) {
	return map[string]any{"kinds": fault.Kinds()}, nil
}

func postFaults(org Org, r *http.Request) (any, error) {
	body, err := readBody(r)
	if err != nil {
		return nil, err
	}
	f, err := fault.Parse(body)
	if err != nil {
		return nil, err
	}
	if err := org.Faults().Arm(f); err != nil {
		return nil, err
	}
	return getFaults(org, r)
}

func deleteFault(org Org, r *http.Request) (any, error) {
	if err := org.Faults().Disarm(r.PathValue("name")); err != nil {
		return nil, err
	}
	return getFaults(org, r)
}

func getJournal(org Org, r *http.Request) (any, error) {
	entries, err := wanted(org, r)
	if err != nil {
		return nil, err
	}
	return map[string]any{"exchanges": entries}, nil
}

func getLoginHistory(org Org, r *http.Request) (any, error) {
	entries, err := wanted(org, r)
	if err != nil {
		return nil, err
	}
	return map[string]any{"logins": journal.LoginHistory(entries)}, nil
}

// wanted are the journal's entries behind ?since=, at most ?limit= of them, or the
// ?last= ones.
func wanted(org Org, r *http.Request) ([]journal.Entry, error) {
	since, err := number(r, "since")
	if err != nil {
		return nil, err
	}
	last, err := number(r, "last")
	if err != nil {
		return nil, err
	}
	if count := org.Journal().Count(); last > 0 && last < count {
		since = max(since, count-last)
	}
	limit, err := number(r, "limit")
	if err != nil {
		return nil, err
	}
	return org.Journal().Entries(since, int(min(limit, 1<<20))), nil
}

func number(r *http.Request, name string) (uint64, error) {
	text := r.URL.Query().Get(name)
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("control: ?%s=%s is no whole number", name, text)
	}
	return n, nil
}

func postRevoke(org Org, r *http.Request) (any, error) {
	var body Sessions
	if err := decode(r, &body); err != nil {
		return nil, err
	}
	if err := org.RevokeSessions(body); err != nil {
		return nil, err
	}
	return getClock(org, r)
}
