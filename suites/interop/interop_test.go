package interop_test

import (
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
)

func TestClientsOfOthersLogInReadARecordAndShowTheWordsOfRefusals(t *testing.T) {
	t.Parallel()
	mocksf := buildMocksf(t)
	for _, c := range clients() {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.require(t)
			for _, w := range c.ways {
				t.Run(w.name, func(t *testing.T) {
					t.Parallel()
					trial{mocksf, c, w}.run(t)
				})
			}
		})
	}
}

// trial is one way of one client, tried in every situation of its flow.
type trial struct {
	mocksf string
	client client
	way    way
}

func (tr trial) run(t *testing.T) {
	t.Helper()
	try(t, tr.row("reads a record"), tr.readsARecord)
	for _, s := range situations(t, tr.way.flow) {
		if tr.client.never[s.name] != "" {
			continue
		}
		try(t, tr.row(s.name), func(t *testing.T) string { t.Helper(); return tr.meetsRefusal(t, s) })
	}
}

func (tr trial) row(situation string) row {
	return row{client: tr.client.name, way: tr.way.name, situation: situation}
}

func (tr trial) readsARecord(t *testing.T) string {
	t.Helper()
	f := startFake(t, tr.mocksf, "")
	read, err := tr.way.login(t.Context(), f.vars)
	if err != nil {
		t.Fatalf("no login: %v", err)
	}
	got, err := read(t.Context())
	if err != nil {
		t.Fatalf("no record: %v", err)
	}
	if got != f.vars["SF_USERNAME"] {
		t.Errorf("read %q, want %q", got, f.vars["SF_USERNAME"])
	}
	return got
}

func (tr trial) meetsRefusal(t *testing.T, s situation) string {
	t.Helper()
	f := startFake(t, tr.mocksf, s.state)
	f.obey(t, s.beforeLogin)
	read, err := tr.way.login(t.Context(), f.vars)
	if err == nil {
		f.obey(t, s.afterLogin)
		_, err = read(t.Context())
	}
	if err == nil {
		t.Fatal("it was not refused")
	}
	want := fixtures.MustRefusal(s.want).Answer
	said, isLogin := err.Error(), want.Format == fixtures.FormatOAuth
	if !strings.Contains(said, want.Description) {
		t.Errorf("it shows %q, want the words %q of refusal %s", said, want.Description, s.want)
	}
	if shows := strings.Contains(said, want.Error); shows == (isLogin && tr.client.dropsCode) {
		t.Errorf("it shows %q: the code %q is in it: %t", said, want.Error, shows)
	}
	return said
}

// obey does what a situation orders, if anything.
func (f fake) obey(t *testing.T, o *order) {
	t.Helper()
	if o != nil {
		f.control(t, o.path, o.body)
	}
}
