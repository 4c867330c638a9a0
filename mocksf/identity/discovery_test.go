package identity_test

import (
	"encoding/base64"
	"encoding/json"
	"math/big"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/session"
)

func TestDiscoveryNamesTheAddressThatWasAsked(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	for _, base := range []string{"https://acme.my.salesforce.com", "https://login.salesforce.com", "http://127.0.0.1:8080"} {
		a := x.do(t, call{method: "GET", path: "/.well-known/openid-configuration", host: exchange.Host{Base: base}})
		var got map[string]any
		if err := json.Unmarshal(a.Body, &got); err != nil {
			t.Fatal(err)
		}
		for member, path := range map[string]string{
			"issuer": "", "token_endpoint": "/services/oauth2/token", "userinfo_endpoint": "/services/oauth2/userinfo",
			"introspection_endpoint": "/services/oauth2/introspect", "revocation_endpoint": "/services/oauth2/revoke", "jwks_uri": "/id/keys",
		} {
			if got[member] != base+path {
				t.Errorf("%s: %s = %v", base, member, got[member])
			}
		}
		if _, ok := got["grant_types_supported"]; ok {
			t.Error("grant_types_supported is there")
		}
	}
}

func TestTheLoginConfigurationNamesTheOrg(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	a := x.do(t, call{method: "GET", path: "/.well-known/auth-configuration"})
	if want := `{"OrgId":"` + x.ID[:15] + `","Url":"https://acme.my.salesforce.com","MobileSDK":{`; !strings.HasPrefix(string(a.Body), want) {
		t.Errorf("%s, want %s", a.Body, want)
	}
}

func TestThePublishedKeyIsTheOneThatSignsTokens(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	var set struct {
		Keys []struct{ Kty, N, E, Alg, Use, Kid string }
	}
	if err := json.Unmarshal(x.do(t, call{method: "GET", path: "/id/keys"}).Body, &set); err != nil || len(set.Keys) != 1 {
		t.Fatalf("%v, %d keys", err, len(set.Keys))
	}
	k := set.Keys[0]
	n, err := base64.RawURLEncoding.DecodeString(k.N)
	if err != nil || new(big.Int).SetBytes(n).Cmp(session.PublicKey().N) != 0 {
		t.Errorf("modulus %s, %v", k.N, err)
	}
	if k.Kty != "RSA" || k.E != "AQAB" || k.Alg != "RS256" || k.Use != "sig" || k.Kid != session.KeyID(x.ID) {
		t.Errorf("key %+v", k)
	}
}
