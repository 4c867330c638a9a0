package fault_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/fault"
)

// noon is the org's time in the request that meets the fault.
var noon = time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)

// under is what a fault does to a query, and whether the org was asked.
func under(t *testing.T, f fault.Fault) (fault.Effect, exchange.Answer, bool) {
	t.Helper()
	f.Name, f.First = "f", 1
	if err := f.Check(); err != nil {
		t.Fatal(err)
	}
	e, asked := f.Effect(&exchange.Request{
		Path: "/services/data/v67.0/a b", Query: map[string][]string{"q": {"SELECT Id"}}, Now: noon,
	}), false
	a := e.Of(func() exchange.Answer { asked = true; return own })
	return e, a, asked
}

func TestFaultsThatAnswerInTheOrgsPlace(t *testing.T) {
	t.Parallel()
	const id = "session-expired"
	session := fixtures.MustRefusal(id).Answer
	array := string(session.Body())
	for name, tt := range map[string]struct {
		fault  fault.Fault
		status int
		kind   string
		body   string
		header map[string]string
	}{
		"a refusal with another status": {
			fault.Fault{Kind: fault.Refusal, Refusal: "client-secret-wrong", Status: 401},
			401, "application/json;charset=UTF-8",
			string(fixtures.MustRefusal("client-secret-wrong").Answer.Body()), nil,
		},
		"an array":  {fault.Fault{Kind: fault.Refusal, Refusal: id, Shape: fault.Array}, 401, session.ContentType(), array, session.Header},
		"an object": {fault.Fault{Kind: fault.Refusal, Refusal: id, Shape: fault.Object}, 401, session.ContentType(), strings.Trim(array, "[]"), session.Header},
		"text":      {fault.Fault{Kind: fault.Refusal, Refusal: id, Shape: fault.Text}, 401, "text/plain;charset=UTF-8", session.Error + ": " + session.Description, session.Header},
		"a body":    {fault.Fault{Kind: fault.Status, Status: 400, Body: `{"error":"x"}`}, 400, "application/json;charset=UTF-8", `{"error":"x"}`, nil},
		"a page":    {fault.Fault{Kind: fault.Status, Status: 200, Body: "<p>", ContentType: "text/html"}, 200, "text/html", "<p>", nil},
		"empty":     {fault.Fault{Kind: fault.Empty}, 200, "application/json;charset=UTF-8", "", nil},
		"empty 503": {fault.Fault{Kind: fault.Empty, Status: 503, RetryAfter: "+3s"}, 503, "application/json;charset=UTF-8", "", map[string]string{"Retry-After": "Thu, 15 Jan 2026 12:00:03 GMT"}},
		"a date":    {fault.Fault{Kind: fault.Status, Status: 429, RetryAfter: "Thu, 15 Jan 2026 13:00:00 GMT"}, 429, "", "", map[string]string{"Retry-After": "Thu, 15 Jan 2026 13:00:00 GMT"}},
		"a redirect": {
			fault.Fault{Kind: fault.Redirect, Status: 308, Location: "https://other.example${path}${query}"},
			308, "", "",
			map[string]string{"Location": "https://other.example/services/data/v67.0/a%20b?q=SELECT+Id"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, a, asked := under(t, tt.fault)
			if a.Status != tt.status || a.ContentType != tt.kind || string(a.Body) != tt.body || !reflect.DeepEqual(a.Header, tt.header) {
				t.Errorf("answer %d %q %s %v", a.Status, a.ContentType, a.Body, a.Header)
			}
			if asked {
				t.Error("the org was asked")
			}
		})
	}
}

func TestFaultsThatChangeHowTheOrgsOwnAnswerArrives(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		fault  fault.Fault
		want   fault.Effect
		asked  bool
		silent bool
	}{
		"reset":        {fault.Fault{Kind: fault.Reset}, fault.Effect{Cut: fault.Before}, false, true},
		"reset unsent": {fault.Fault{Kind: fault.Reset, Where: fault.Unsent}, fault.Effect{Cut: fault.Unsent}, true, true},
		"reset inside": {fault.Fault{Kind: fault.Reset, Where: fault.Inside}, fault.Effect{Cut: fault.Inside}, true, false},
		"reset after":  {fault.Fault{Kind: fault.Reset, Where: fault.After}, fault.Effect{Cut: fault.After}, true, false},
		"hang":         {fault.Fault{Kind: fault.Hang}, fault.Effect{Hang: fault.Before}, false, true},
		"hang unsent":  {fault.Fault{Kind: fault.Hang, Where: fault.Unsent}, fault.Effect{Hang: fault.Unsent}, true, true},
		"hang inside":  {fault.Fault{Kind: fault.Hang, Where: fault.Inside}, fault.Effect{Hang: fault.Inside}, true, false},
		"drip":         {fault.Fault{Kind: fault.Drip, Interval: fixtures.Duration(time.Second)}, fault.Effect{Drip: time.Second}, true, false},
		"large":        {fault.Fault{Kind: fault.Large, Size: 1 << 20}, fault.Effect{Size: 1 << 20}, true, false},
		"encoding":     {fault.Fault{Kind: fault.Encode, Encoding: fault.Chunked}, fault.Effect{Encoding: fault.Chunked}, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e, _, asked := under(t, tt.fault)
			if e != tt.want || asked != tt.asked || e.Silent() != tt.silent {
				t.Errorf("effect %+v, org asked %v, silent %v", e, asked, e.Silent())
			}
			if half := e.Cut == fault.Inside || e.Hang == fault.Inside; e.BreaksOff() != half {
				t.Errorf("breaks off: %v", e.BreaksOff())
			}
		})
	}
}

func TestAMatchLooksAtMethodHostPathAndGrant(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		match fault.Match
		want  bool
	}{
		{fault.Match{}, true},
		{fault.Match{Method: "POST"}, true},
		{fault.Match{Method: "GET"}, false},
		{fault.Match{Host: "my-domain"}, true},
		{fault.Match{Host: "own"}, true},
		{fault.Match{Host: "loopback"}, false},
		{fault.Match{Host: "generic"}, false},
		{fault.Match{Host: "login"}, false},
		{fault.Match{Host: "ACME.my.salesforce.com"}, true},
		{fault.Match{Host: "login.salesforce.com"}, false},
		{fault.Match{Host: "own", Method: "POST", Path: tokenPath, Grant: fixtures.GrantJWTBearer}, true},
		{fault.Match{Host: "own", Method: "POST", Path: tokenPath, Grant: fixtures.GrantPassword}, false},
	} {
		s := fault.NewSet()
		arm(t, s, fault.Fault{Name: "f", Kind: fault.Reset, First: 1, Match: tt.match})
		if got := s.Next(start, asked) != nil; got != tt.want {
			t.Errorf("%+v matches: %v", tt.match, got)
		}
	}
	for _, name := range []string{"login", "test", "setup", "lightning", "elsewhere", "localhost", "::1"} {
		f := fault.Fault{Name: "f", Kind: fault.Reset, First: 1, Match: fault.Match{Host: name}}
		if err := f.Check(); err != nil {
			t.Error(err)
		}
	}
}
