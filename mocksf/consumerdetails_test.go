package mocksf_test

import (
	"errors"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf"
	"github.com/sfconform/sfconform/mocksf/credentials"
)

func TestSetupShowsANewSecretOnceTheOrgsClockHasMoved(t *testing.T) {
	t.Parallel()
	org := mocksf.Serve(t, mocksf.Options{Orgs: []fixtures.Org{builtIn(t, "production")}, Frozen: true}).OrgByMyDomain("acme")
	const app, admin = "integration", "admin@acme.example"
	show := func() (mocksf.ConsumerDetails, error) {
		if err := org.SendVerificationCode(admin); err != nil {
			t.Fatal(err)
		}
		mail := org.VerificationMail()
		return org.ConsumerDetails(app, admin, mail[len(mail)-1].Code)
	}
	if p, err := show(); err != nil || p.ConsumerKey != org.Config().Apps[app].ConsumerKey {
		t.Fatalf("an app that was there from the start: %v", err)
	}
	if err := org.Change(
		fixtures.Set("propagation/delays", map[string]any{"consumer-details": "2h"}), fixtures.Set("apps/integration/consumerSecret", "another"),
	); err != nil {
		t.Fatal(err)
	}
	var early *credentials.NotYetError
	if _, err := show(); !errors.As(err, &early) {
		t.Fatalf("at once: %v", err)
	}
	if err := org.Advance(2 * time.Hour); err != nil {
		t.Fatal(err)
	}
	if p, err := show(); err != nil || p.ConsumerSecret != "another" {
		t.Errorf("after two hours: %v", err)
	}
}
