package soap_test

import (
	"encoding/xml"
	"testing"
)

// FuzzCall: whatever is posted, the answer is XML that parses and a known refusal or a success.
func FuzzCall(f *testing.F) {
	for _, seed := range []string{
		"", "<a/>", `<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`, `<?xml version="1.0"?><a xmlns="urn:x" b="c"><![CDATA[d]]></a>`,
		`<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><getUserInfo xmlns="urn:enterprise.soap.sforce.com"/></e:Body></e:Envelope>`,
		`<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header/><e:Body><query xmlns="urn:enterprise.soap.sforce.com"><queryString>SELECT Id FROM Account</queryString></query></e:Body></e:Envelope>`,
	} {
		f.Add(seed)
	}
	x := newOrg(f)
	f.Fuzz(func(t *testing.T, body string) {
		a := x.post(enterprise, body)
		if a.Status != 200 && a.Note.Refusal == "" {
			t.Fatalf("%d without a refusal for %q", a.Status, body)
		}
		var root struct {
			XMLName xml.Name
		}
		if err := xml.Unmarshal(a.Body, &root); err != nil {
			t.Fatalf("%s: %v", a.Body, err)
		}
	})
}
