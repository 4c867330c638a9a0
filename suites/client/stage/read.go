package stage

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/suites/client/evidence"
)

// exchangeOf is what a request says, before anything was answered.
func exchangeOf(d door, r *http.Request, body []byte, cut bool) *evidence.Exchange {
	x := &evidence.Exchange{
		Role: d.role, Org: d.org, Kind: kindOf(r.URL.Path), Secure: r.TLS != nil,
		Connection: connectionOf(r.Context()),
		Request: evidence.Request{
			Method: r.Method, Target: r.RequestURI, URL: r.URL, Proto: r.Proto, Host: r.Host,
			Header: r.Header.Clone(), Body: body, Cut: cut,
		},
	}
	x.Request.Form, x.Request.FormErr = formOf(r.Header, body)
	x.Token = tokenOf(x)
	return x
}

// kinds are the paths by which a request shows what it is for.
var kinds = []struct {
	prefix string
	kind   evidence.Kind
}{
	{"/services/oauth2/token", evidence.TokenRequest},
	{"/services/oauth2/revoke", evidence.RevokeCall},
	{"/services/oauth2/introspect", evidence.Introspect},
	{"/services/oauth2/userinfo", evidence.Identity},
	{"/id/", evidence.Identity},
	{"/services/data", evidence.APICall},
	{"/services/apexrest", evidence.APICall},
	{"/services/async", evidence.BulkCall},
	{"/services/Soap", evidence.SOAPCall},
	{"/cometd", evidence.Streaming},
}

func kindOf(path string) evidence.Kind {
	// A doubled slash is the client's, and judged by itself.
	path = strings.ReplaceAll(path, "//", "/")
	for _, k := range kinds {
		if strings.HasPrefix(path, k.prefix) {
			return k.kind
		}
	}
	return evidence.Other
}

// formOf is the body's form, if the header says that it is one.
func formOf(h http.Header, body []byte) (url.Values, string) {
	kind, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil || kind != "application/x-www-form-urlencoded" {
		return nil, "the Content-Type is " + orNone(h.Get("Content-Type"))
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return form, err.Error()
	}
	return form, ""
}

func orNone(text string) string {
	if text == "" {
		return "missing"
	}
	return text
}

// tokenOf is the access token that was presented, in whatever way.
func tokenOf(x *evidence.Exchange) string {
	scheme, token, _ := strings.Cut(x.Request.Header.Get("Authorization"), " ")
	if strings.EqualFold(scheme, "Bearer") || strings.EqualFold(scheme, "OAuth") {
		return strings.TrimSpace(token)
	}
	for _, name := range []string{"token", "access_token", "oauth_token"} {
		if v := x.Param(name); v != "" {
			return v
		}
	}
	return ""
}

// readAssertion reads the JWT of a token request.
func (s *Stage) readAssertion(x *evidence.Exchange) {
	raw := x.Param("assertion")
	if raw == "" {
		return
	}
	a := &evidence.Assertion{Raw: raw, Parts: strings.Split(raw, ".")}
	x.Assertion = a
	if len(a.Parts) != 3 {
		a.Err = "it does not have three parts"
		return
	}
	var problem string
	if a.Header, problem = decodePart(a.Parts[0]); problem != "" {
		a.Err = "header: " + problem
	}
	if a.Claims, problem = decodePart(a.Parts[1]); problem != "" {
		a.Err = "claims: " + problem
	}
	a.Verified = s.verified(x.Org, a)
}

func decodePart(part string) (map[string]any, string) {
	raw, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(part, "="))
	if err != nil {
		return nil, err.Error()
	}
	d := json.NewDecoder(strings.NewReader(string(raw)))
	d.UseNumber()
	var object map[string]any
	if err := d.Decode(&object); err != nil {
		return nil, err.Error()
	}
	return object, ""
}

// verified says whether the client's own key made the signature (RFC 7515, RS256).
func (s *Stage) verified(org int, a *evidence.Assertion) bool {
	signature, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(a.Parts[2], "="))
	if err != nil {
		return false
	}
	sum := sha256.Sum256([]byte(a.Parts[0] + "." + a.Parts[1]))
	return slices.ContainsFunc(s.keysOf(org, a.Claims["iss"]), func(k *rsa.PrivateKey) bool {
		return rsa.VerifyPKCS1v15(&k.PublicKey, crypto.SHA256, sum[:], signature) == nil
	})
}
