package guides

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/document"
	"github.com/sfconform/sfconform/fixtures/request"
	"github.com/sfconform/sfconform/mocksf"
	"github.com/sfconform/sfconform/mocksf/credentials"
)

// start is when every guide is begun: always the same, so that runs are alike.
var start = time.Date(2026, time.January, 15, 12, 0, 0, 0, time.UTC)

// site is the org in which a guide is followed, what has been entered in Setup and
// not saved, and the product's settings so far.
type site struct {
	guide   fixtures.Guide
	options Options
	skipped *fixtures.Omission
	server  *mocksf.Server
	org     *mocksf.Org
	// pending is what was entered since the last save.
	pending []fixtures.Change
	// lost are the places that could not be filled in, for want of the app or user.
	lost     []string
	settings map[fixtures.SettingName]string
	// pair is what Setup showed.
	pair mocksf.ConsumerDetails
	done []string
	// saved are the changes that were put into force.
	saved []fixtures.Change
	// last is the product's last request.
	last request.Wire
	// stoppedAt is the step at which somebody stopped it; -1 if nobody did.
	stoppedAt int
}

// newSite opens the org as it is before the guide.
func newSite(guide fixtures.Guide, o Options) (*site, error) {
	s := &site{guide: guide, options: o, settings: map[fixtures.SettingName]string{}, stoppedAt: -1}
	if o.Skip != "" {
		step, err := guide.Step(o.Skip)
		if err != nil {
			return nil, err
		}
		omission, err := step.Omission(o.Omission)
		if err != nil {
			return nil, err
		}
		s.skipped = &omission
	}
	base, err := fixtures.BuiltInOrg(guide.OrgFile)
	if err != nil {
		return nil, err
	}
	config, err := base.With(guide.Before...)
	if err != nil {
		return nil, fmt.Errorf("guides: %s: %w", guide.ID, err)
	}
	s.server, err = mocksf.New(mocksf.Options{Orgs: []fixtures.Org{config}, Seed: 1, Start: start, Frozen: true})
	if err != nil {
		return nil, err
	}
	if err := s.server.Start(); err != nil {
		return nil, err
	}
	s.org = s.server.Org()
	return s, nil
}

func (s *site) close() { _ = s.server.Close() }

// follow makes the guide's steps from the place on. The error is a *Stopped where
// Setup or a deploy refuses.
func (s *site) follow(from int) error {
	s.stoppedAt = -1
	for i, step := range s.guide.Steps[from:] {
		var err error
		if s.skipped != nil && step.ID == s.options.Skip {
			err = s.omit(step, *s.skipped)
		} else {
			err = s.do(step)
		}
		if stopped := (*Stopped)(nil); errors.As(err, &stopped) {
			s.stoppedAt, stopped.Step = from+i, step.ID
		}
		if err != nil {
			return err
		}
		s.done = append(s.done, step.ID)
	}
	return nil
}

// do makes one step.
func (s *site) do(step fixtures.GuideStep) error {
	s.enter(step.Client)
	s.pending = append(s.pending, step.Change...)
	switch {
	case step.Saves:
		return s.save()
	case step.Waits:
		return s.wait()
	case step.Reveals:
		return s.reveal()
	}
	return nil
}

// omit does what an omission has in the place of a step. What was entered before a
// save that does not happen is lost.
func (s *site) omit(step fixtures.GuideStep, o fixtures.Omission) error {
	s.enter(o.Client)
	if o.Misfiled != nil {
		return misfiled(*o.Misfiled)
	}
	if step.Saves {
		s.pending, s.lost = nil, nil
	}
	if step.Acts() {
		return s.org.Change(o.Change...)
	}
	s.pending = append(s.pending, o.Change...)
	return nil
}

func (s *site) enter(settings []fixtures.Setting) {
	for _, set := range settings {
		s.settings[set.Name] = set.Value
	}
}

// save puts what was entered into force, all or nothing, as a page of Setup or a deploy does.
func (s *site) save() error {
	before := s.org.Config()
	after := before
	var taken []fixtures.Change
	s.lost = nil
	for _, c := range s.pending {
		next, err := after.With(c)
		if errors.Is(err, document.ErrNoParent) {
			s.lost = append(s.lost, c.Path)
			continue
		}
		if err != nil {
			return fmt.Errorf("guides: %s: %w", s.guide.ID, err)
		}
		after, taken = next, append(taken, c)
	}
	if wrong := fixtures.FormErrors(before, after); len(wrong) > 0 {
		return &Stopped{By: s.gatekeeper(), Text: wrong[0].Text, Says: wrong[0].Says}
	}
	if len(s.lost) > 0 {
		return &Stopped{By: fixtures.StoppedBySetup, Text: fmt.Sprintf("there is no page for %s: nothing of that name was made", owner(s.lost[0]))}
	}
	s.pending = nil
	changes := whole(before, after, taken)
	s.saved = append(s.saved, changes...)
	return s.org.Change(changes...)
}

// misfiled is the deploy that fails because a type has no such element.
func misfiled(m fixtures.MetadataFix) *Stopped {
	refused := fixtures.MustDeployError("element-invalid")
	text := strings.NewReplacer("${element}", m.Element, "${type}", m.File).Replace(refused.Text)
	return &Stopped{By: fixtures.StoppedByDeploy, Text: text, Says: refused.ID}
}

// gatekeeper is who takes or refuses what is saved: Setup, or a deploy.
func (s *site) gatekeeper() fixtures.Stop {
	if _, err := s.guide.Step("deploy"); err == nil {
		return fixtures.StoppedByDeploy
	}
	return fixtures.StoppedBySetup
}

// whole puts the changes of an app or user that is made in this save into the one
// change that makes it, since it spreads as a whole.
func whole(before, after fixtures.Org, changes []fixtures.Change) []fixtures.Change {
	var list []fixtures.Change
	made := map[string]bool{}
	for _, c := range changes {
		at := owner(c.Path)
		kind, name, _ := strings.Cut(at, "/")
		app, isApp := after.Apps[name]
		if _, old := before.Apps[name]; kind != "apps" || !isApp || old {
			list = append(list, c)
			continue
		}
		if !made[at] {
			made[at] = true
			list = append(list, fixtures.Set(at, app))
		}
	}
	return list
}

// owner is the path of the app or user that a path lies in.
func owner(path string) string {
	steps := strings.Split(path, "/")
	return strings.Join(steps[:min(2, len(steps))], "/")
}

// wait lets all changes spread, and Setup learn to show the key pair.
func (s *site) wait() error {
	if err := s.org.Advance(max(0, s.org.SettlesAt().Sub(s.org.Now()))); err != nil {
		return err
	}
	known := s.pair
	err := s.reveal()
	s.pair = known
	if early := (*credentials.NotYetError)(nil); errors.As(err, &early) {
		return s.org.Advance(early.From.Sub(s.org.Now()))
	}
	return err
}

// reveal is the button "Consumer Key and Secret": the identity is verified by the
// mailed code, and the pair can be copied.
func (s *site) reveal() error {
	if err := s.org.SendVerificationCode(s.guide.Admin); err != nil {
		return err
	}
	mail := s.org.VerificationMail()
	pair, err := s.org.ConsumerDetails(s.guide.App, s.guide.Admin, mail[len(mail)-1].Code)
	if err != nil {
		return &Stopped{By: fixtures.StoppedBySetup, Text: s.hidden(err), err: err}
	}
	s.pair = pair
	return nil
}

// hidden is why Setup does not show key and secret.
func (s *site) hidden(err error) string {
	if early := (*credentials.NotYetError)(nil); errors.As(err, &early) {
		return fmt.Sprintf("Setup does not show Consumer Key and Secret yet: it does %s later", fixtures.Duration(early.From.Sub(s.org.Now())))
	}
	return strings.TrimPrefix(err.Error(), "credentials: ")
}
