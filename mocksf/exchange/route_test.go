package exchange_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
)

// says is a handler that answers with a word and what the path named.
func says(word string, names ...string) exchange.Handler {
	return func(r *exchange.Request) exchange.Answer {
		body := word
		for _, n := range names {
			body += " " + n + "=" + r.Value(n)
		}
		return exchange.Answer{Status: 200, Body: []byte(body)}
	}
}

func newMux() *exchange.Mux {
	return exchange.NewMux(
		exchange.Route{Method: "GET", Pattern: "/services/data", Handler: says("versions")},
		exchange.Route{Method: "GET", Pattern: "/services/data/{version}", Handler: says("resources", "version")},
		exchange.Route{Method: "GET", Pattern: "/services/data/{version}/sobjects/{type}/describe", Handler: says("describe", "type")},
		exchange.Route{Method: "GET", Pattern: "/services/data/{version}/sobjects/{type}/{id}", Handler: says("record", "type", "id")},
		exchange.Route{Method: "PATCH", Pattern: "/services/data/{version}/sobjects/{type}/{id}", Handler: says("update", "id")},
		exchange.Route{Pattern: "/services/oauth2/token", Handler: says("token")},
		exchange.Route{Method: "GET", Pattern: "/services/oauth2/revoke", Handler: says("revoke by GET")},
		exchange.Route{Pattern: "/services/oauth2/revoke", Handler: says("revoke otherwise")},
	)
}

func TestRequestsReachTheRouteTheyAreMeantFor(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ method, path, want string }{
		{"GET", "/services/data", "versions"},
		{"GET", "/services/data/", "versions"},
		{"HEAD", "/services/data", "versions"},
		{"GET", "/services/data/v60.0", "resources version=v60.0"},
		{"GET", "/services/data/v60.0/", "resources version=v60.0"},
		{"GET", "/services/data/v60.0/sobjects/User/describe", "describe type=User"},
		{"GET", "/services/data/v60.0/sobjects/User/005x", "record type=User id=005x"},
		{"PATCH", "/services/data/v60.0/sobjects/User/005x", "update id=005x"},
		{"DELETE", "/services/oauth2/token", "token"},
		{"GET", "/services/oauth2/revoke", "revoke by GET"},
		{"HEAD", "/services/oauth2/revoke", "revoke by GET"},
		{"POST", "/services/oauth2/revoke", "revoke otherwise"},
	} {
		t.Run(c.method+" "+c.path, func(t *testing.T) {
			t.Parallel()
			got := newMux().Handle(&exchange.Request{Method: c.method, Path: c.path})
			if string(got.Body) != c.want {
				t.Errorf("reached %q, want %q", got.Body, c.want)
			}
		})
	}
}

func TestUnknownPathsAndMethodsAreRefusedInTheWordsOfTheirPlace(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		method, path string
		want         fixtures.RefusalID
	}{
		{"GET", "/", "url-no-longer-exists"},
		{"GET", "", "url-no-longer-exists"},
		{"POST", "/services/oauth2/token&grant_type=client_credentials", "url-no-longer-exists"},
		{"GET", "/services/database", "url-no-longer-exists"},
		{"GET", "/services/data/v60.0/nowhere", "rest-not-found"},
		{"GET", "/services/data/v60.0/sobjects//describe", "rest-not-found"},
		{"GET", "/services/data//", "rest-not-found"},
		{"POST", "/services/data", "method-not-allowed"},
		{"PUT", "/services/data/v60.0/sobjects/User/005x", "method-not-allowed"},
		{"GET", "/services/data/v60.0/sobjects/User/005x/more/and/more", "rest-not-found"},
	} {
		t.Run(c.method+" "+c.path, func(t *testing.T) {
			t.Parallel()
			got := newMux().Handle(&exchange.Request{Method: c.method, Path: c.path})
			want := fixtures.MustRefusal(c.want)
			if got.Note.Refusal != c.want || got.Status != want.Answer.Status || !want.Answer.Matches(got.Body) {
				t.Errorf("answered %d %s (%s), want %s", got.Status, got.Body, got.Note.Refusal, c.want)
			}
		})
	}
}

func TestAMethodThatIsNotAllowedNamesThoseThatAre(t *testing.T) {
	t.Parallel()
	got := newMux().Handle(&exchange.Request{Method: "PUT", Path: "/services/data/v60.0/sobjects/User/005x"})
	if want := "HTTP Method 'PUT' not allowed. Allowed are HEAD,GET,PATCH"; !strings.Contains(string(got.Body), want) {
		t.Errorf("%s, want %s", got.Body, want)
	}
}

func TestTwoRoutesOfOnePlaceAndMethodAreAMistakeOfTheProgram(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	r := exchange.Route{Method: "GET", Pattern: "/a/{b}", Handler: says("x")}
	exchange.NewMux(r, r)
}

func TestPrettyPrintIndentsJSONWhenAsked(t *testing.T) {
	t.Parallel()
	routes := exchange.Pretty(exchange.Route{Method: "GET", Pattern: "/x", Handler: func(*exchange.Request) exchange.Answer {
		return exchange.JSON(exchange.Object{{Name: "b", Value: 1}, {Name: "a", Value: "it's <b>"}})
	}}, exchange.Route{Method: "GET", Pattern: "/y", Handler: func(*exchange.Request) exchange.Answer {
		return exchange.Answer{Status: 200, ContentType: "text/plain", Body: []byte(`{"a":1}`)}
	}})
	mux := exchange.NewMux(routes...)
	asked := http.Header{"X-Prettyprint": {"1"}}
	for _, c := range []struct {
		path   string
		header http.Header
		want   string
	}{
		{"/x", nil, `{"b":1,"a":"it's <b>"}`},
		{"/x", http.Header{"X-Prettyprint": {"0"}}, `{"b":1,"a":"it's <b>"}`},
		{"/x", asked, "{\n  \"b\": 1,\n  \"a\": \"it's <b>\"\n}"},
		{"/y", asked, `{"a":1}`},
	} {
		if got := mux.Handle(&exchange.Request{Method: "GET", Path: c.path, Header: c.header}); string(got.Body) != c.want {
			t.Errorf("%s with %v: %s, want %s", c.path, c.header, got.Body, c.want)
		}
	}
}

func FuzzMuxAnswersEveryPath(f *testing.F) {
	for _, s := range []string{"/", "//", "/services/data/v60.0/", "/services/data/{version}", "/\xff"} {
		f.Add(s)
	}
	mux := newMux()
	f.Fuzz(func(t *testing.T, path string) {
		if a := mux.Handle(&exchange.Request{Method: "GET", Path: path}); a.Status == 0 {
			t.Errorf("no answer to %q", path)
		}
	})
}
