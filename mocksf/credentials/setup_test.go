package credentials_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/credentials"
)

const admin = "admin@acme.example"

func production(t *testing.T, changes ...fixtures.Change) fixtures.Org {
	t.Helper()
	o, err := fixtures.BuiltInOrg("production")
	if err != nil {
		t.Fatal(err)
	}
	return o.MustWith(changes...)
}

// verified is the code of a mail that the user was just sent.
func verified(t *testing.T, s *credentials.Setup, o fixtures.Org) string {
	t.Helper()
	if err := s.Send(o, admin, start); err != nil {
		t.Fatal(err)
	}
	mail := s.Mail()
	return mail[len(mail)-1].Code
}

func TestThePairIsShownToWhoTypesTheMailedCodeIn(t *testing.T) {
	t.Parallel()
	o, s := production(t), credentials.NewSetup(1)
	code := verified(t, s, o)
	if m := s.Mail()[0]; m.To != "admin@acme.example" || !m.Sent.Equal(start) || !regexp.MustCompile(`^\d{6}$`).MatchString(m.Code) {
		t.Errorf("%+v", m)
	}
	p, err := s.Show(o, "integration", admin, code, start)
	if app := o.Apps["integration"]; err != nil || p.ConsumerKey != app.ConsumerKey || p.ConsumerSecret != app.ConsumerSecret {
		t.Errorf("%v", err)
	}
	if _, err := s.Show(o, "integration", admin, code, start); !errors.Is(err, credentials.ErrNotVerified) {
		t.Errorf("the code works twice: %v", err)
	}
}

func TestOnlyTheNewestCodeOfTheUserHimselfCounts(t *testing.T) {
	t.Parallel()
	o, s := production(t), credentials.NewSetup(1)
	old := verified(t, s, o)
	code := verified(t, s, o)
	for name, typed := range map[string]string{"old": old, "none": "", "wrong": code + "0"} {
		if _, err := s.Show(o, "integration", admin, typed, start); !errors.Is(err, credentials.ErrNotVerified) {
			t.Errorf("%s code: %v", name, err)
		}
	}
	if _, err := s.Show(o, "integration", "integration@acme.example", code, start); !errors.Is(err, credentials.ErrNotVerified) {
		t.Errorf("another user's code: %v", err)
	}
	if _, err := s.Show(o, "integration", admin, code, start); err != nil {
		t.Errorf("a wrong attempt used the code up: %v", err)
	}
}

func TestThePageLagsBehindANewPairAndAnAppThatWasThereDoesNot(t *testing.T) {
	t.Parallel()
	lag := fixtures.Set("propagation/delays", map[string]any{"consumer-details": "2h"})
	before := production(t, lag)
	after := before.MustWith(fixtures.Set("apps/integration/consumerSecret", "another"))
	s := credentials.NewSetup(1)
	s.Changed(before, after, start)
	var early *credentials.NotYetError
	if _, err := s.Show(after, "integration", admin, verified(t, s, after), start.Add(2*time.Hour-time.Second)); !errors.As(err, &early) || !early.From.Equal(start.Add(2*time.Hour)) {
		t.Fatalf("%v", err)
	}
	if !strings.Contains(early.Error(), "integration") || !strings.Contains(early.Error(), "2026-09-01T14:00:00Z") {
		t.Errorf("%v", early)
	}
	if p, err := s.Show(after, "integration", admin, verified(t, s, after), start.Add(2*time.Hour)); err != nil || p.ConsumerSecret != "another" {
		t.Errorf("%v", err)
	}
	if _, err := s.Show(after, "legacy", admin, verified(t, s, after), start); err != nil {
		t.Errorf("an app that was there before: %v", err)
	}
}

func TestAnAppThatIsMadeAnewLagsAnew(t *testing.T) {
	t.Parallel()
	with := production(t, fixtures.Set("propagation/delays", map[string]any{"consumer-details": "2h"}))
	without := with.MustWith(fixtures.Remove("apps/legacy"))
	s := credentials.NewSetup(1)
	s.Changed(without, with, start)
	s.Changed(with, without, start)
	s.Changed(without, with, start.Add(time.Hour))
	if _, err := s.Show(with, "legacy", admin, verified(t, s, with), start.Add(2*time.Hour)); err == nil {
		t.Error("the page counts from an app that is gone")
	}
}

func TestWhoCannotOpenSetupIsTold(t *testing.T) {
	t.Parallel()
	s := credentials.NewSetup(1)
	for name, o := range map[string]fixtures.Org{
		"inactive": production(t, fixtures.Set("users/"+admin+"/active", false)),
		"frozen":   production(t, fixtures.Set("users/"+admin+"/frozen", true)),
		"viewer":   production(t, fixtures.Set("users/"+admin+"/viewSetup", false)),
	} {
		if err := s.Send(o, admin, start); err == nil || !strings.Contains(err.Error(), "cannot open Setup") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := s.Send(production(t), "admin@acme.exampel", start); err == nil || !strings.Contains(err.Error(), `did you mean "admin@acme.example"?`) {
		t.Errorf("%v", err)
	}
	if _, err := s.Show(production(t), "integratoin", admin, "", start); err == nil || !strings.Contains(err.Error(), `did you mean "integration"?`) {
		t.Errorf("%v", err)
	}
	if len(s.Mail()) != 0 {
		t.Error("mail was sent")
	}
}

func TestTheMailIsBounded(t *testing.T) {
	t.Parallel()
	o, s := production(t), credentials.NewSetup(1)
	last := ""
	for range 200 {
		last = verified(t, s, o)
	}
	if mail := s.Mail(); len(mail) != 64 || mail[63].Code != last {
		t.Errorf("%d mails", len(mail))
	}
}
