package soap_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/records"
	"github.com/sfconform/sfconform/mocksf/session"
	"github.com/sfconform/sfconform/mocksf/snapshot"
	"github.com/sfconform/sfconform/mocksf/soap"
	"github.com/sfconform/sfconform/mocksf/usage"
)

var start = time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)

const (
	enterprise   = "/services/Soap/c/55.0"
	partner      = "/services/Soap/u/55.0"
	enterpriseNS = "urn:enterprise.soap.sforce.com"
	partnerNS    = "urn:partner.soap.sforce.com"
)

// org is a fake org with its SOAP API and one token out.
type org struct {
	*snapshot.Org
	sessions *session.Store
	mux      *exchange.Mux
	token    string
	counted  usage.Counter
}

func newOrg(tb testing.TB, changes ...fixtures.Change) *org {
	tb.Helper()
	o, err := fixtures.BuiltInOrg("production")
	if err != nil {
		tb.Fatal(err)
	}
	compiled, err := snapshot.Compile(o.MustWith(changes...))
	if err != nil {
		tb.Fatal(err)
	}
	x := &org{Org: compiled, sessions: session.NewStore(compiled.ID, 1)}
	x.mux = exchange.NewMux(soap.Routes(x.sessions, records.NewStore(), &x.counted)...)
	user := x.User("integration@acme.example")
	x.token = x.sessions.Opaque(x.sessions.New(x.AppByName("integration"), user, []string{"api"}, 2*time.Hour, start))
	return x
}

// post sends a body to the path.
func (x *org) post(path, body string) exchange.Answer { return x.postAt(exchange.MyDomain, path, body) }

// postAt sends it to a host of the role.
func (x *org) postAt(role exchange.Role, path, body string) exchange.Answer {
	return x.mux.Handle(&exchange.Request{
		Method: "POST", Path: path, Header: http.Header{}, Body: []byte(body), Org: x.Org, Now: start,
		Host: exchange.Host{Role: role, Base: "https://acme.my.salesforce.com", Name: "acme.my.salesforce.com"},
	})
}

// call calls an operation with the org's token. OPTIONS in the header stands behind the session.
func (x *org) call(path, namespace, operation, options string) exchange.Answer {
	name, rest, _ := strings.Cut(operation, ">")
	return x.post(path, `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header>`+
		`<SessionHeader xmlns="`+namespace+`"><sessionId>`+x.token+`</sessionId></SessionHeader>`+options+
		`</e:Header><e:Body><`+name+` xmlns="`+namespace+`">`+rest+`</`+name+`></e:Body></e:Envelope>`)
}

// contains fails the test unless the answer is a success with each of the texts in it.
func contains(t *testing.T, a exchange.Answer, texts ...string) {
	t.Helper()
	if a.Status != http.StatusOK || a.ContentType != "text/xml;charset=UTF-8" {
		t.Fatalf("%d %s %s", a.Status, a.ContentType, a.Body)
	}
	for _, want := range texts {
		if !strings.Contains(string(a.Body), want) {
			t.Errorf("%s\nhas no %s", a.Body, want)
		}
	}
}

// refused fails the test unless the answer is the refusal's.
func refused(t *testing.T, a exchange.Answer, id fixtures.RefusalID) {
	t.Helper()
	want := fixtures.MustRefusal(id)
	if a.Note.Refusal != id || a.Status != want.Answer.Status || !want.Answer.Matches(a.Body) || a.Note.Check == "" && !made[id] {
		t.Errorf("%d %s (%q by %q), want %s", a.Status, a.Body, a.Note.Refusal, a.Note.Check, id)
	}
}

// made are the refusals that an operation finds out, and no check.
var made = map[fixtures.RefusalID]bool{
	"soap-query-malformed": true, "soap-type-unknown": true, "soap-field-unknown": true, "soap-query-locator-invalid": true,
}
