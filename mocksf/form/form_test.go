package form_test

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/form"
)

const formType = "application/x-www-form-urlencoded"

func request(contentType, query, body string) *exchange.Request {
	values, err := url.ParseQuery(query)
	if err != nil {
		panic(err)
	}
	r := &exchange.Request{Method: "POST", Query: values, Header: http.Header{}, Body: []byte(body)}
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	return r
}

func TestParametersAreReadFromQueryAndBody(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, contentType, query, body string
		last                           bool
		want                           string
	}{
		{"body", formType, "", "a=1", false, "1"},
		{"upper-case charset", formType + ";charset=UTF-8", "", "a=1", false, "1"},
		{"charset behind a space", formType + "; charset=UTF-8", "", "a=1", false, "1"},
		{"unreadable charset", formType + "; charset", "", "a=1", false, "1"},
		{"query and no body", "", "a=1", "", false, "1"},
		{"raw colons", formType, "", "a=urn:ietf:params", false, "urn:ietf:params"},
		{"plus is a space", formType, "", "a=x+y%2B", false, "x y+"},
		{"query before body", formType, "a=1", "a=2", false, "1"},
		{"the last counts", formType, "a=1", "a=2", true, "2"},
		{"repeated in the body", formType, "", "a=1&a=2", false, "1"},
		{"absent", formType, "", "b=1", false, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := form.Parse(request(c.contentType, c.query, c.body), c.last)
			if f.NotAForm || f.Get("a") != c.want || f.Has("a") != (c.want != "") {
				t.Errorf("not a form %v, a = %q, want %q", f.NotAForm, f.Get("a"), c.want)
			}
		})
	}
}

func TestBodiesThatAreNoFormAreMarked(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, contentType, body string }{
		{"json", "application/json", `{"a":1}`},
		{"multipart", "multipart/form-data; boundary=x", "--x--"},
		{"no content type", "", "a=1"},
		{"broken percent-encoding", formType, "a=%zz"},
		{"semicolons", formType, "a=1;b=2"},
		{"not UTF-8 in a value", formType, "a=%ff"},
		{"not UTF-8 in a name", formType, "%ff=1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := form.Parse(request(c.contentType, "q=1", c.body), false)
			if !f.NotAForm || f.Has("a") || f.Get("q") != "1" {
				t.Errorf("not a form %v, values %v", f.NotAForm, f.Values())
			}
		})
	}
	cut := request(formType, "", "a=1")
	cut.TooLarge = true
	if f := form.Parse(cut, false); !f.NotAForm {
		t.Error("a body that was cut off is taken for a form")
	}
}

func TestParsingLeavesTheRequestAsItWas(t *testing.T) {
	t.Parallel()
	r := request(formType, "a=1", "a=2")
	form.Parse(r, false)
	if got := r.Query["a"]; len(got) != 1 || got[0] != "1" {
		t.Errorf("query %v", got)
	}
}

func basic(credentials string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(credentials))
}

func TestClientCredentialsAreReadInEachWayThatClientsSendThem(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, header, body string
		id, secret         string
		conflict           bool
	}{
		{"body", "", "client_id=id&client_secret=s", "id", "s", false},
		{"basic raw", basic("id:s"), "", "id", "s", false},
		{"basic with colons in the secret", basic("id:s:t:u"), "", "id", "s:t:u", false},
		{"basic form-encoded", basic("i%2Ed:s%2B%3A"), "", "i.d", "s+:", false},
		{"basic raw with a percent sign", basic("id:100%"), "", "id", "100%", false},
		{"basic raw with a plus", basic("id:a+b"), "", "id", "a+b", false},
		{"lower-case scheme", strings.Replace(basic("id:s"), "Basic", "basic", 1), "", "id", "s", false},
		{"both agree", basic("id:s"), "client_id=id&client_secret=s", "id", "s", false},
		{"basic and the id in the body", basic("id:s"), "client_id=id", "id", "s", false},
		{"other secret in the body", basic("id:s"), "client_id=id&client_secret=t", "id", "s", true},
		{"other id in the body", basic("id:s"), "client_id=other", "id", "s", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := request(formType, "", c.body)
			if c.header != "" {
				r.Header.Set("Authorization", c.header)
			}
			got := form.ReadClient(r, form.Parse(r, false), false)
			if got.ID != c.id || got.Conflict != c.conflict || got.BadHeader || !got.HasSecret() ||
				!got.SecretIs(func(s string) bool { return s == c.secret }) {
				t.Errorf("id %q, conflict %v, bad header %v", got.ID, got.Conflict, got.BadHeader)
			}
		})
	}
}

func TestTheBodyCountsInAConflictWhenAskedFor(t *testing.T) {
	t.Parallel()
	r := request(formType, "", "client_id=body&client_secret=t")
	r.Header.Set("Authorization", basic("header:s"))
	got := form.ReadClient(r, form.Parse(r, false), true)
	if got.ID != "body" || !got.Conflict || got.SecretIs(func(s string) bool { return s == "s" }) {
		t.Errorf("id %q, conflict %v", got.ID, got.Conflict)
	}
}

func TestUnreadableHeadersAreMarkedAndTheBodyCounts(t *testing.T) {
	t.Parallel()
	for _, header := range []string{"Basic", "Basic !!!", "Basic " + base64.StdEncoding.EncodeToString([]byte("no-colon"))} {
		r := request(formType, "", "client_id=id")
		r.Header.Set("Authorization", header)
		got := form.ReadClient(r, form.Parse(r, false), false)
		if !got.BadHeader || got.ID != "id" || got.HasSecret() {
			t.Errorf("%s: bad header %v, id %q", header, got.BadHeader, got.ID)
		}
	}
}

func TestHeadersOfOtherSchemesAreNotLookedAt(t *testing.T) {
	t.Parallel()
	for _, header := range []string{"Bearer x", "Digest y", "Basically no"} {
		r := request(formType, "", "client_id=id")
		r.Header.Set("Authorization", header)
		if got := form.ReadClient(r, form.Parse(r, false), false); got.BadHeader || got.ID != "id" {
			t.Errorf("%s: bad header %v, id %q", header, got.BadHeader, got.ID)
		}
	}
}

func FuzzForm(f *testing.F) {
	f.Add("application/x-www-form-urlencoded", "a=1&b=%zz", "Basic eDp5")
	f.Add("text/plain;;", "\xff", "Basic \x00")
	f.Fuzz(func(_ *testing.T, contentType, body, header string) {
		r := request("", "", body)
		r.Header["Content-Type"], r.Header["Authorization"] = []string{contentType}, []string{header}
		parsed := form.Parse(r, false)
		form.ReadClient(r, parsed, true).HasSecret()
	})
}
