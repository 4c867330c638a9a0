package journal_test

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/journal"
)

var sensitive = []string{
	"client_secret", "assertion", "token", "access_token", "refresh_token", "password", "code", "code_verifier",
	"client_assertion", "signature", "oauth_token", "Authorization", "id_token", "sid", "whatever",
	"grant_type", "scope", "format", "username", "redirect_uri", "response_type", "token_type_hint",
}

// forms are the ways in which a secret may be written.
func forms(raw []byte) []string {
	percent := ""
	for _, b := range []byte(hex.EncodeToString(raw)) {
		percent += fmt.Sprintf("%%%02X", b)
	}
	return []string{
		hex.EncodeToString(raw), strings.ToUpper(hex.EncodeToString(raw)), percent,
		base64.StdEncoding.EncodeToString(raw), base64.RawURLEncoding.EncodeToString(raw),
		url.QueryEscape(base64.StdEncoding.EncodeToString(raw)),
		base64.StdEncoding.EncodeToString([]byte(hex.EncodeToString(raw))),
	}
}

func TestNoSecretIsEverKept(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		raw := make([]byte, 32)
		for i := range raw {
			raw[i] = byte(r.Uint32())
		}
		for _, s := range forms(raw) {
			values := url.Values{s: {s}, "client_id": {s}}
			for _, name := range sensitive {
				values[name] = []string{s, "Basic " + s, "https://a.example/" + s, assertion(`{"alg":"RS256"}`, `{"sub":"`+s+`","iss":"`+s+`"}`) + s}
			}
			j := journal.New(3)
			j.Add(journal.Entry{
				Method: s, Host: s, Path: "/services/oauth2/token/" + url.PathEscape(s), Grant: fixtures.Grant(s),
				ClientID: s, Username: s, Params: journal.Params(values),
			})
			j.Add(journal.Entry{Path: "/services/oauth2/token&client_secret=" + s, Params: []journal.Param{{Name: "client_secret", Value: s}, {Name: s, Value: s}}})
			j.Add(journal.Entry{Path: "/id?oauth_token=" + s})
			text, err := json.Marshal(j.Entries(0, 0))
			if err != nil {
				t.Fatal(err)
			}
			for from := 0; from+16 <= len(s); from++ {
				if strings.Contains(string(text), s[from:from+16]) {
					t.Fatalf("%q shows in %s", s[from:from+16], text)
				}
			}
		}
	}
}

func FuzzRedact(f *testing.F) {
	f.Add("assertion", "a.b.c")
	f.Add("client_id", "…")
	f.Add("redirect_uri", "https://a?b")
	f.Add("Authorization", "Basic ")
	f.Add("grant_type", strings.Repeat("é", 300))
	f.Fuzz(func(t *testing.T, name, value string) {
		got := journal.Redact(name, value)
		if len(got) > 512 {
			t.Errorf("Redact(%q, %q) has %d bytes", name, value, len(got))
		}
		j := journal.New(1)
		j.Add(journal.Entry{Path: value, Method: name, Params: []journal.Param{{Name: name, Value: value}}})
		if _, err := json.Marshal(j.Entries(0, 0)); err != nil {
			t.Error(err)
		}
	})
}

func BenchmarkAdd(b *testing.B) {
	for name, values := range map[string]url.Values{
		"client credentials": {"grant_type": {"client_credentials"}, "client_id": {key}, "client_secret": {secret}},
		"JWT bearer": {
			"grant_type": {"urn:ietf:params:oauth:grant-type:jwt-bearer"},
			"assertion": {assertion(`{"alg":"RS256","typ":"JWT"}`, fmt.Sprintf(
				`{"iss":%q,"sub":"integration@acme.example","aud":"https://acme.my.salesforce.com","exp":1778051400}`, key)) + strings.Repeat("A", 300)},
		},
	} {
		b.Run(name, func(b *testing.B) {
			j := journal.New(1000)
			b.ReportAllocs()
			for b.Loop() {
				j.Add(journal.Entry{
					Method: "POST", Host: "acme.my.salesforce.com", Path: "/services/oauth2/token", Org: "00D5g000004Wm2QEAS",
					Grant: fixtures.Grant(values.Get("grant_type")), ClientID: key, Username: "integration@acme.example",
					Status: 200, Params: journal.Params(values),
				})
			}
		})
	}
}
