package guides

import (
	"context"
	"errors"
	"fmt"

	"github.com/sfconform/sfconform/fixtures"
)

// Row is what happens when one step is left out or got wrong, and after what it works.
type Row struct {
	Guide    fixtures.GuideID `json:"guide"`
	Step     string           `json:"step"`
	Omission string           `json:"omission"`
	How      string           `json:"how"`
	// Stopped says who stopped it before a request was refused; Seen is the call that
	// failed. Neither is set where everything works all the same.
	Stopped *Stopped `json:"stopped,omitempty"`
	Seen    *Seen    `json:"seen,omitempty"`
	Why     string   `json:"why"`
	// Fix is what was done then, Waited how long that took to spread on the org's clock.
	Fix    string            `json:"fix,omitempty"`
	Waited fixtures.Duration `json:"waited,omitempty"`
	// Works: the product connects, after the fix or without one.
	Works bool `json:"works"`
}

// Harmless says whether the product connected without a fix.
func (r Row) Harmless() bool { return r.Stopped == nil && r.Seen == nil }

// What is what is seen, in one line.
func (r Row) What() string {
	switch {
	case r.Stopped != nil:
		return fmt.Sprintf("stopped by %s: %s", r.Stopped.By, r.Stopped.Text)
	case r.Seen != nil:
		return r.Seen.String()
	}
	return "nothing: it connects all the same"
}

// SkipEach follows the guide once for each omission of each step, and after each that
// does harm makes the fix and connects again. The rows stand in the order of the steps.
func SkipEach(ctx context.Context, guide fixtures.Guide) ([]Row, error) {
	var rows []Row
	for _, step := range guide.Steps {
		for _, o := range step.Without {
			row, err := Skip(ctx, guide, step.ID, o.ID)
			if err != nil {
				return rows, fmt.Errorf("guides: %s without %s (%s): %w", guide.ID, step.ID, o.ID, err)
			}
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// Skip is the row of one omission of one step; the empty omission is the step's first.
func Skip(ctx context.Context, guide fixtures.Guide, stepID, omission string) (Row, error) {
	s, err := newSite(guide, Options{Skip: stepID, Omission: omission}) //nolint:contextcheck // the server ends with the site
	if err != nil {
		return Row{}, err
	}
	defer s.close() //nolint:contextcheck // the server ends with the site
	broken, err := s.replay(ctx)
	if err != nil {
		return Row{}, err
	}
	row := Row{Guide: guide.ID, Step: stepID, Omission: s.skipped.ID, How: s.skipped.How, Why: s.skipped.Why}
	if broken.Connected {
		row.Works = true
		return row, nil
	}
	row.Stopped = broken.Stopped
	if n := len(broken.Calls); row.Stopped == nil && n > 0 {
		row.Seen = &broken.Calls[n-1]
	}
	begun := s.org.Now()
	row.Fix, err = s.mend()
	if err != nil {
		return row, err
	}
	fixed := Result{}
	if err := s.connect(ctx, &fixed); err != nil {
		return row, err
	}
	row.Works, row.Waited = fixed.Connected, fixtures.Duration(s.org.Now().Sub(begun))
	return row, nil
}

// mend makes the skipped step as the guide has it, and what could not be done without
// it. It says what that was.
func (s *site) mend() (string, error) {
	step, err := s.guide.Step(s.options.Skip)
	if err != nil {
		return "", err
	}
	omission := *s.skipped
	s.skipped = nil
	place := s.place(step.ID)
	_, made := s.org.Config().Apps[s.guide.App]
	switch {
	case s.stoppedAt >= 0 && made && len(step.Change) > 0:
		s.pending = append(s.pending, step.Change...)
		s.enter(step.Client)
		return "make the step, then go on", s.follow(s.stoppedAt)
	case s.stoppedAt >= 0 || !made:
		s.pending = nil
		return "go back and make the step, then go on", s.follow(s.page(place))
	case step.Saves || len(step.Change) == 0 && len(omission.Change) > 0 && !step.Acts():
		s.pending = nil
		return "make the step, with what is entered before it", errors.Join(s.follow(s.page(place)), s.settle())
	}
	return s.makeUp(step)
}

// makeUp makes one step that sets something of its own.
func (s *site) makeUp(step fixtures.GuideStep) (string, error) {
	if err := s.do(step); err != nil {
		return "", err
	}
	if len(step.Change) == 0 {
		return "make the step", nil
	}
	if err := s.save(); err != nil {
		return "", err
	}
	return "make the step and save", s.settle()
}

// settle waits until all changes have spread.
func (s *site) settle() error { return s.org.Advance(max(0, s.org.SettlesAt().Sub(s.org.Now()))) }

// place is the step's place in the guide.
func (s *site) place(id string) int {
	for i, step := range s.guide.Steps {
		if step.ID == id {
			return i
		}
	}
	return 0
}

// page is where the entries begin that are saved together with the step at the place.
func (s *site) page(place int) int {
	for place > 0 && !s.guide.Steps[place-1].Acts() {
		place--
	}
	return place
}

// Shows says whether the row is what the omission is declared to lead to.
func (r Row) Shows(o fixtures.Omission) bool {
	var stop fixtures.Stop
	var says fixtures.DeployErrorID
	var sees fixtures.RefusalID
	if r.Stopped != nil {
		stop, says = r.Stopped.By, r.Stopped.Says
	}
	if r.Seen != nil {
		sees = r.Seen.Refusal
	}
	return stop == o.Stops && says == o.Says && sees == o.Sees
}
