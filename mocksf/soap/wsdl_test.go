package soap_test

import (
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/mocksf/exchange"
)

func (x *org) wsdl(api, authorization string) exchange.Answer {
	return x.mux.Handle(&exchange.Request{
		Method: "GET", Path: "/services/wsdl/" + api, Header: http.Header{"Authorization": {authorization}}, Org: x.Org, Now: start,
		Host: exchange.Host{Role: exchange.MyDomain, Base: "https://acme.my.salesforce.com", Name: "acme.my.salesforce.com"},
	})
}

func TestTheWSDLDescribesTheOrgsObjectsAndItsAddress(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	contains(t, x.wsdl("enterprise", "Bearer "+x.token),
		`targetNamespace="urn:enterprise.soap.sforce.com"`, `<complexType name="Account">`,
		`<element name="Parent" nillable="true" minOccurs="0" type="ens:Account"/>`,
		`location="https://acme.my.salesforce.com/services/Soap/c/67.0/`+x.ID[:15]+`"`)
	a := x.wsdl("partner", "Bearer "+x.token)
	contains(t, a, `targetNamespace="urn:partner.soap.sforce.com"`, `<any namespace="##targetNamespace"`)
	if strings.Contains(string(a.Body), `complexType name="Account"`) {
		t.Error("the partner WSDL names objects of the org")
	}
}

func TestBothWSDLsAreWellFormed(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	for _, api := range []string{"enterprise", "partner"} {
		d := xml.NewDecoder(strings.NewReader(string(x.wsdl(api, "Bearer "+x.token).Body)))
		for {
			_, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", api, err)
			}
		}
	}
}

func TestTheWSDLTakesASession(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	refused(t, x.wsdl("enterprise", ""), "session-unknown")
	refused(t, x.wsdl("partner", "Bearer garbage"), "session-unknown")
}
