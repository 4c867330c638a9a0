package interop_test

import (
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
)

// zeep is a SOAP client built from a real SOAP library and the org's own WSDL. It
// logs in as Jitterbit App Builder does: client credentials, Basic authentication.
func zeep(api string) way {
	return programWay("SOAP, "+api, fixtures.ClientCredentials, "python3", "python/soap.py", api)
}

func TestASOAPLibraryReadsThroughBothAPIsAndShowsTheirFaults(t *testing.T) {
	t.Parallel()
	c := client{name: "zeep", installed: true, ways: []way{zeep("enterprise"), zeep("partner")}}
	c.require(t)
	mocksf := buildMocksf(t)
	for _, w := range c.ways {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			tr := trial{mocksf, c, w}
			try(t, tr.row("reads a record"), tr.readsARecord)
			try(t, tr.row("session ended"), tr.meetsEndedSession)
		})
	}
}

// meetsEndedSession lets the session end between login and call.
func (tr trial) meetsEndedSession(t *testing.T) string {
	t.Helper()
	f := startFake(t, tr.mocksf, "")
	read, err := tr.way.login(t.Context(), f.vars)
	if err != nil {
		t.Fatalf("no login: %v", err)
	}
	f.control(t, "/sessions/revoke", `{"all":true}`)
	_, err = read(t.Context())
	if err == nil {
		t.Fatal("it was not refused")
	}
	want := fixtures.MustRefusal("soap-session-invalid").Answer
	if said := err.Error(); !strings.Contains(said, want.Error) || !strings.Contains(said, want.Description) {
		t.Errorf("it shows %q, want %q and %q", said, want.Error, want.Description)
	}
	return err.Error()
}
