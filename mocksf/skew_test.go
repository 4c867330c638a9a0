package mocksf_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/request"
	"github.com/sfconform/sfconform/mocksf"
)

// assertionAt asks for a token by an assertion that was signed at the client's time.
func assertionAt(t *testing.T, server *mocksf.Server, clientTime time.Time) answer {
	t.Helper()
	setup, err := fixtures.SetupByID("")
	if err != nil {
		t.Fatal(err)
	}
	org, err := setup.Org()
	if err != nil {
		t.Fatal(err)
	}
	credentials, err := request.FromSetup(org, setup)
	if err != nil {
		t.Fatal(err)
	}
	wire, err := request.Build(fixtures.JWTBearer, credentials, nil, clientTime, request.Vars{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := wire.Request(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	resp, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	return readAnswer(t, resp)
}

// An org whose clock is off is made by Options.Start. An assertion may be good for three
// minutes at most here (and three of allowance), so that a wrong clock shows in either direction.
func TestAnOrgWhoseClockIsOffJudgesAndDatesByIt(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		off  time.Duration
		date string
		want fixtures.RefusalID // empty: a token
	}{
		"in step": {0, "Thu, 15 Jan 2026 12:00:00 GMT", ""},
		"ahead":   {10 * time.Minute, "Thu, 15 Jan 2026 12:10:00 GMT", "assertion-expired"},
		"behind":  {-10 * time.Minute, "Thu, 15 Jan 2026 11:50:00 GMT", "exp-too-far"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			org := builtIn(t, "production", fixtures.Set("behaviour/switches/exp-upper-bound", "three-minutes"))
			server := mocksf.Serve(t, mocksf.Options{
				Orgs: []fixtures.Org{org}, Start: noon.Add(tt.off), Now: func() time.Time { return noon },
			})
			got := assertionAt(t, server, noon)
			if date := got.header.Get("Date"); date != tt.date {
				t.Errorf("dated %s, want %s", date, tt.date)
			}
			switch {
			case tt.want == "" && got.status != http.StatusOK:
				t.Errorf("%d %s, want a token", got.status, got.text)
			case tt.want != "" && got.text != string(fixtures.MustRefusal(tt.want).Answer.Body()):
				t.Errorf("%d %s, want %s", got.status, got.text, tt.want)
			}
			// Whoever sets the clock by the answer's date gets in.
			date, err := http.ParseTime(got.header.Get("Date"))
			if err != nil {
				t.Fatal(err)
			}
			if again := assertionAt(t, server, date); again.status != http.StatusOK {
				t.Errorf("by the org's own time: %d %s", again.status, again.text)
			}
		})
	}
}
