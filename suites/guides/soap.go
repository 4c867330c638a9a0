package guides

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/request"
)

// The operations behind "Test Connection" and behind an import of the tables.
var (
	soapTest   = operation{"getUserInfo", ""}
	soapImport = []operation{
		{"describeGlobal", ""},
		{"describeSObjects", "<sObjectType>Account</sObjectType><sObjectType>Contact</sObjectType>"},
		{"query", "<queryString>SELECT Id, Name FROM Organization</queryString>"},
	}
)

// operation is one of the SOAP API, with its arguments.
type operation struct{ name, arguments string }

// soap are calls of operations at the product's SOAP URL.
func (v *visit) soap(operations ...operation) ([]request.Wire, error) {
	address, err := v.setting(fixtures.SettingSOAPURL)
	if err != nil {
		return nil, err
	}
	calls := make([]request.Wire, len(operations))
	for i, o := range operations {
		header := http.Header{"Content-Type": {"text/xml; charset=UTF-8"}, "SOAPAction": {`""`}}
		calls[i] = request.Wire{Method: http.MethodPost, URL: address, Header: header, Body: []byte(o.envelope(namespace(address), v.token))}
	}
	return calls, nil
}

// namespace is that of the API which the address belongs to (token-endpoint.md section 5.7).
func namespace(address string) string {
	if strings.Contains(address, "/Soap/u") {
		return "urn:partner.soap.sforce.com"
	}
	return "urn:enterprise.soap.sforce.com"
}

func (o operation) envelope(namespace, token string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>` +
		`<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">` +
		`<soapenv:Header><SessionHeader xmlns="` + namespace + `"><sessionId>` + token + `</sessionId></SessionHeader></soapenv:Header>` +
		`<soapenv:Body><` + o.name + ` xmlns="` + namespace + `">` + o.arguments + `</` + o.name + `></soapenv:Body></soapenv:Envelope>`
}

// authorize is what a person is redirected to on a challenge: the page that asks him
// to log in and to allow the app. It carries a challenge of PKCE, which does no harm
// where none is asked for.
func (v *visit) authorize() ([]request.Wire, error) {
	address, err := v.setting(fixtures.SettingAuthorizeURL)
	if err != nil {
		return nil, err
	}
	key, err := v.setting(fixtures.SettingClientID)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256([]byte("a verifier that nobody redeems: the page is all that is looked at"))
	query := url.Values{
		"response_type": {"code"}, "client_id": {key}, "redirect_uri": {v.settings[fixtures.SettingRedirectURI]}, "state": {"redirect-on-challenge"},
		"code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])}, "code_challenge_method": {"S256"},
	}
	return []request.Wire{{Method: http.MethodGet, URL: address + "?" + query.Encode(), Header: http.Header{}}}, nil
}
