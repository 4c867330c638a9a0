package fault_test

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/fault"
)

var own = exchange.Answer{Status: 200, ContentType: "application/json;charset=UTF-8", Body: []byte(`{"access_token":"x"}`)}

func TestEffectsSayWhatGoesOnTheWire(t *testing.T) {
	t.Parallel()
	hiccup := fixtures.MustRefusal("retry-your-request")
	down := fixtures.MustRefusal("maintenance")
	retried := exchange.Refuse(&hiccup)
	retried.Header = map[string]string{"Retry-After": "30"}
	page := exchange.Answer{Status: 200, ContentType: down.Answer.ContentType(), Body: down.Answer.Body(), Header: down.Answer.Header}
	text := own
	text.ContentType = "text/plain;charset=UTF-8"
	html := own
	html.ContentType = "text/html"
	for name, tt := range map[string]struct {
		fault fault.Fault
		want  exchange.Answer
		asked bool
		mark  string
	}{
		"refusal":      {fault.Fault{Kind: fault.Refusal, Refusal: "retry-your-request"}, exchange.Refuse(&hiccup), false, ""},
		"retry after":  {fault.Fault{Kind: fault.Refusal, Refusal: "retry-your-request", RetryAfter: "30"}, retried, false, ""},
		"status":       {fault.Fault{Kind: fault.Status, Status: 502}, exchange.Answer{Status: 502}, false, ""},
		"maintenance":  {fault.Fault{Kind: fault.Maintenance}, exchange.Refuse(&down), false, ""},
		"html":         {fault.Fault{Kind: fault.HTML}, page, false, ""},
		"truncate":     {fault.Fault{Kind: fault.Truncate}, own, true, "truncate"},
		"reset":        {fault.Fault{Kind: fault.Reset}, exchange.Answer{}, false, "reset"},
		"slow":         {fault.Fault{Kind: fault.Slow, Delay: fixtures.Duration(time.Second)}, own, true, "delay"},
		"content type": {fault.Fault{Kind: fault.ContentType}, text, true, ""},
		"chosen type":  {fault.Fault{Kind: fault.ContentType, ContentType: "text/html"}, html, true, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tt.fault.Name, tt.fault.First = "f", 1
			if err := tt.fault.Check(); err != nil {
				t.Fatal(err)
			}
			e, asked := tt.fault.Effect(&exchange.Request{}), false
			got := e.Of(func() exchange.Answer { asked = true; return own })
			if !reflect.DeepEqual(got, tt.want) || asked != tt.asked {
				t.Errorf("answer %+v (org asked: %v), want %+v (%v)", got, asked, tt.want, tt.asked)
			}
			if e.Truncate != (tt.mark == "truncate") || (e.Cut != "") != (tt.mark == "reset") || (e.Delay > 0) != (tt.mark == "delay") {
				t.Errorf("effect %+v, want only %q", e, tt.mark)
			}
		})
	}
}

func TestAFaultDoesNotTouchTheCatalogue(t *testing.T) {
	t.Parallel()
	before := fixtures.MustRefusal("maintenance").Answer
	f := fault.Fault{Name: "f", Kind: fault.Maintenance, First: 1, RetryAfter: "120"}
	if got := f.Effect(&exchange.Request{}).Of(nil).Header["Retry-After"]; got != "120" {
		t.Errorf("Retry-After is %q", got)
	}
	if after := fixtures.MustRefusal("maintenance").Answer; !reflect.DeepEqual(before, after) {
		t.Errorf("the catalogue's answer became %+v", after)
	}
}

func TestEveryKindTakesADelay(t *testing.T) {
	t.Parallel()
	for _, kind := range fault.Kind("").Values() {
		f := fault.Fault{Name: "f", Kind: fault.Kind(kind), First: 1, Delay: fixtures.Duration(time.Minute)}
		switch f.Kind {
		case fault.Refusal:
			f.Refusal = "retry-your-request"
		case fault.Status:
			f.Status = 503
		case fault.Redirect:
			f.Status, f.Location = 307, "/"
		case fault.Drip:
			f.Interval = fixtures.Duration(time.Second)
		case fault.Large:
			f.Size = 1 << 20
		case fault.Encode:
			f.Encoding = fault.Gzip
		default:
		}
		if err := f.Check(); err != nil {
			t.Error(err)
		}
		if got := f.Effect(&exchange.Request{}).Delay; got != time.Minute {
			t.Errorf("kind %s delays by %v", kind, got)
		}
	}
}

func TestWaitSleepsForTheDelayOrTheContext(t *testing.T) {
	t.Parallel()
	slept := time.Duration(0)
	sleep := func(_ context.Context, d time.Duration) error { slept += d; return nil }
	if err := (fault.Effect{}).Wait(t.Context(), sleep); err != nil || slept != 0 {
		t.Errorf("no delay slept %v: %v", slept, err)
	}
	if err := (fault.Effect{Delay: time.Hour}).Wait(t.Context(), sleep); err != nil || slept != time.Hour {
		t.Errorf("an hour slept %v: %v", slept, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := (fault.Effect{Delay: time.Hour}).Wait(ctx, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("Wait = %v, want %v", err, context.Canceled)
	}
	if err := (fault.Effect{Delay: 1}).Wait(t.Context(), nil); err != nil {
		t.Error(err)
	}
}

func TestCheckNamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	reset := func(change func(*fault.Fault)) fault.Fault {
		f := fault.Fault{Name: "f", Kind: fault.Reset, First: 1}
		change(&f)
		return f
	}
	for _, tt := range []struct {
		fault fault.Fault
		want  string
	}{
		{reset(func(f *fault.Fault) { f.Name = "" }), "fault: name: "},
		{reset(func(f *fault.Fault) { f.Name = "Bad Name" }), `"Bad Name" is no name`},
		{reset(func(f *fault.Fault) { f.Name = strings.Repeat("a", 61) }), "is no name"},
		{reset(func(f *fault.Fault) { f.Kind = "resett" }), `kind: unknown value "resett": did you mean "reset"?`},
		{reset(func(f *fault.Fault) { f.Kind = "banana-split" }), "known are refusal, status, "},
		{reset(func(f *fault.Fault) { f.Kind = "" }), `kind: unknown value ""`},
		{reset(func(f *fault.Fault) { f.First = 0 }), "set first, every or until"},
		{reset(func(f *fault.Fault) { f.First = -1 }), `first: "-1"`},
		{reset(func(f *fault.Fault) { f.Every = -1 }), `every: "-1"`},
		{reset(func(f *fault.Fault) { f.Every = 1 }), "first and every exclude each other"},
		{reset(func(f *fault.Fault) { f.Delay = fixtures.Duration(time.Hour) }), `delay: "1h" is out of range`},
		{reset(func(f *fault.Fault) { f.Match.Path = "services" }), `match/path: "services"`},
		{reset(func(f *fault.Fault) { f.Status = 503 }), `status: a fault of kind "reset" does not take it`},
		{reset(func(f *fault.Fault) { f.RetryAfter = "1" }), `retryAfter: a fault of kind "reset" does not take it`},
		{reset(func(f *fault.Fault) { f.Kind = fault.Refusal }), `refusal: a fault of kind "refusal" needs it`},
		{reset(func(f *fault.Fault) { f.Kind, f.Refusal = fault.Refusal, "retry-your-requests" }), `did you mean "retry-your-request"?`},
		{reset(func(f *fault.Fault) { f.Kind, f.Refusal = fault.Refusal, "my-domain-not-found" }), "is no HTTP answer"},
		{reset(func(f *fault.Fault) { f.Kind = fault.Slow }), `delay: a fault of kind "slow" needs it`},
		{reset(func(f *fault.Fault) { f.Kind, f.Status = fault.Status, 101 }), `status: "101"`},
		{reset(func(f *fault.Fault) { f.Kind, f.RetryAfter = fault.Maintenance, "1\r\nX: y" }), "retryAfter: "},
		{reset(func(f *fault.Fault) { f.Kind, f.RetryAfter = fault.Maintenance, "soon" }), `retryAfter: "soon" is neither seconds (30)`},
		{reset(func(f *fault.Fault) { f.Kind, f.RetryAfter = fault.Maintenance, "+-3s" }), `retryAfter: "+-3s"`},
		{reset(func(f *fault.Fault) { f.Skip = -1 }), `skip: "-1"`},
		{reset(func(f *fault.Fault) { f.Match.Method = "CONNECT" }), `match/method: unknown value "CONNECT": known are GET, HEAD, POST`},
		{reset(func(f *fault.Fault) { f.Match.Method = "post" }), `did you mean "POST"?`},
		{reset(func(f *fault.Fault) { f.Match.Host = "generics" }), `match/host: unknown value "generics": did you mean "generic"?`},
		{reset(func(f *fault.Fault) { f.Match.Host = "banana" }), `elsewhere, or a host name`},
		{reset(func(f *fault.Fault) { f.Match.Host = "https://login.salesforce.com" }), "leave scheme, path and user out"},
		{reset(func(f *fault.Fault) { f.Where = "insides" }), `where: unknown value "insides": did you mean "inside"?`},
		{reset(func(f *fault.Fault) { f.Kind, f.Where = fault.Hang, fault.After }), "choose another point"},
		{reset(func(f *fault.Fault) { f.Kind = fault.Redirect }), `status: a fault of kind "redirect" needs it`},
		{reset(func(f *fault.Fault) { f.Kind, f.Status = fault.Redirect, 307 }), `location: a fault of kind "redirect" needs it`},
		{reset(func(f *fault.Fault) { f.Kind, f.Status, f.Location = fault.Redirect, 304, "/" }), `status: "304" is no redirect`},
		{reset(func(f *fault.Fault) { f.Kind, f.Status, f.Location = fault.Redirect, 307, "/${paht}" }), `unknown blank "${paht}": did you mean "${path}"?`},
		{reset(func(f *fault.Fault) { f.Kind, f.Status, f.Location = fault.Redirect, 307, "/a b" }), "location: "},
		{reset(func(f *fault.Fault) { f.Kind, f.Status, f.Location = fault.Redirect, 307, "http://[" }), "is no URL"},
		{reset(func(f *fault.Fault) {
			f.Kind, f.Status, f.Location = fault.Redirect, 307, "http://x/"+strings.Repeat("p", 492)
		}), "up to 500 printable"},
		{reset(func(f *fault.Fault) { f.Kind, f.Status, f.ContentType = fault.Status, 503, strings.Repeat("t", 101) }), "up to 100 printable"},
		{reset(func(f *fault.Fault) { f.Kind, f.Interval = fault.Drip, fixtures.Duration(time.Hour) }), `interval: "1h" is out of range: give 1ms to 1m`},
		{reset(func(f *fault.Fault) { f.Kind, f.Size = fault.Large, 1<<40 }), "size: "},
		{reset(func(f *fault.Fault) { f.Kind, f.Encoding = fault.Encode, "gzpi" }), `encoding: unknown value "gzpi": did you mean "gzip"?`},
		{reset(func(f *fault.Fault) { f.Kind, f.Status, f.Body = fault.Status, 204, "x" }), `body: an answer with status "204" has none`},
		{reset(func(f *fault.Fault) { f.Kind, f.Status, f.Body = fault.Status, 200, strings.Repeat("x", 2<<20) }), `body: "2097152" bytes are too many`},
		{reset(func(f *fault.Fault) { f.Kind, f.Refusal, f.Shape = fault.Refusal, "session-expired", "objects" }), `shape: unknown value "objects": did you mean "object"?`},
		{reset(func(f *fault.Fault) { f.Kind, f.Refusal, f.Shape = fault.Refusal, "retry-your-request", fault.Object }), "is no error of the data API"},
		{reset(func(f *fault.Fault) { f.Kind, f.ContentType = fault.ContentType, "a\x00b" }), "contentType: "},
	} {
		if err := fault.NewSet().Arm(tt.fault); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("Arm(%+v) = %v, want an error with %q", tt.fault, err, tt.want)
		}
	}
}

func TestParseReadsYAMLAndJSON(t *testing.T) {
	t.Parallel()
	want := fault.Fault{
		Name: "busy", Kind: fault.Refusal, Every: 3, Until: start, Refusal: "retry-your-request",
		Match: fault.Match{Path: tokenPath, Grant: "client_credentials"}, Delay: fixtures.Duration(2 * time.Second), RetryAfter: "5",
	}
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	yaml := "name: busy\nkind: refusal\nmatch: {path: /services/oauth2/token, grant: client_credentials}\nevery: 3\n" +
		"until: 2026-03-04T05:06:07Z\ndelay: 2s\nrefusal: retry-your-request\nretryAfter: 5\n"
	for _, text := range []string{string(data), yaml} {
		if got, err := fault.Parse([]byte(text)); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("Parse(%s) = %+v, %v", text, got, err)
		}
	}
}

func TestParseNamesTheNearestField(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"name: f\nkind: reset\nfirts: 1":       `line 3: unknown field "firts": did you mean "first"?`,
		"name: f\nkind: rest\nfirst: 1":        `line 2: kind: unknown value "rest": did you mean "reset"?`,
		"name: f\nkind: reset\nuntil: tonight": "line 3: until",
		"name: f\nkind: reset":                 "set first, every or until",
		"":                                     "empty",
	} {
		if _, err := fault.Parse([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Parse(%q) = %v, want an error with %q", text, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("name: f\nkind: refusal\nrefusal: maintenance\nfirst: 1"))
	f.Add([]byte(`{"name":"f","kind":"slow","delay":"2s","every":2,"match":{"path":"/"}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		parsed, err := fault.Parse(data)
		if err != nil {
			return
		}
		s := fault.NewSet()
		if err := s.Arm(parsed); err != nil {
			t.Fatalf("Parse took what Arm refuses: %v", err)
		}
		if hit := s.Next(start, asked); hit != nil {
			hit.Effect(&exchange.Request{Path: tokenPath}).Of(func() exchange.Answer { return own })
		}
	})
}
