package soap_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
)

// The envelopes of two captures, as far as they are not one org's own (idx:13165656135).
func TestRecordsAreWrittenAsEachAPIWritesThem(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	query := "query><queryString>SELECT Account.Name, FirstName, Name, Birthdate FROM Contact ORDER BY Name LIMIT 1</queryString>"
	contains(t, x.call(partner, partnerNS, query, ""),
		`<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:partner.soap.sforce.com"`+
			` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:sf="urn:sobject.partner.soap.sforce.com"><soapenv:Header><LimitInfoHeader>`,
		`<soapenv:Body><queryResponse><result xsi:type="QueryResult"><done>true</done><queryLocator xsi:nil="true"/>`+
			`<records xsi:type="sf:sObject"><sf:type>Contact</sf:type><sf:Id xsi:nil="true"/>`+
			`<sf:Account xsi:type="sf:sObject"><sf:type>Account</sf:type><sf:Id xsi:nil="true"/><sf:Name>`,
		`</records><size>1</size></result></queryResponse></soapenv:Body></soapenv:Envelope>`)
	contains(t, x.call(enterprise, enterpriseNS, query, ""),
		`xmlns:sf="urn:sobject.enterprise.soap.sforce.com"`, `<records xsi:type="sf:Contact"><sf:Account xsi:type="sf:Account"><sf:Name>`)
}

func TestEmptyFieldsAreNullForPartnersAndMissingForEnterprises(t *testing.T) {
	t.Parallel()
	x := newOrg(t, fixtures.Set("records/Account", []any{map[string]any{"Name": "Nothing & Co"}}))
	query := "query><queryString>SELECT Phone, Name, Id FROM Account WHERE Name = 'Nothing &amp; Co'</queryString>"
	contains(t, x.call(partner, partnerNS, query, ""), `<sf:Phone xsi:nil="true"/><sf:Name>Nothing &amp; Co</sf:Name><sf:Id>001`)
	a := x.call(enterprise, enterpriseNS, query, "")
	contains(t, a, `<sf:Name>Nothing &amp; Co</sf:Name></records>`)
	if !regexp.MustCompile(`xsi:type="sf:Account"><sf:Id>001\w{15}</sf:Id><sf:Name>`).Match(a.Body) {
		t.Errorf("the id does not come first: %s", a.Body)
	}
}

func TestMomentsAreOfTheirXMLSchemaType(t *testing.T) {
	t.Parallel()
	a := newOrg(t).call(enterprise, enterpriseNS, "query><queryString>SELECT CreatedDate FROM Account LIMIT 1</queryString>", "")
	if !regexp.MustCompile(`<sf:CreatedDate>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z</sf:CreatedDate>`).Match(a.Body) {
		t.Errorf("%s", a.Body)
	}
}

func TestALongResultIsReadPageByPage(t *testing.T) {
	t.Parallel()
	var rows []any
	for i := range 450 {
		rows = append(rows, map[string]any{"Name": fmt.Sprintf("Row %03d", i)})
	}
	x := newOrg(t, fixtures.Set("records/Thing__c", rows))
	options := `<QueryOptions xmlns="urn:enterprise.soap.sforce.com"><batchSize>200</batchSize></QueryOptions>`
	a := x.call(enterprise, enterpriseNS, "query><queryString>SELECT Name FROM Thing__c</queryString>", options)
	total := 0
	for range 3 {
		total += strings.Count(string(a.Body), "<records ")
		locator := regexp.MustCompile(`<queryLocator>(.+)</queryLocator>`).FindSubmatch(a.Body)
		if locator == nil {
			break
		}
		contains(t, a, "<done>false</done>", "<size>450</size>")
		a = x.call(enterprise, enterpriseNS, "queryMore><queryLocator>"+string(locator[1])+"</queryLocator>", "")
	}
	contains(t, a, "<done>true</done>")
	if total != 450 {
		t.Errorf("the pages hold %d records", total)
	}
}

func TestCountsHaveASizeAndNoRecords(t *testing.T) {
	t.Parallel()
	a := newOrg(t).call(enterprise, enterpriseNS, "query><queryString>SELECT COUNT() FROM Organization</queryString>", "")
	contains(t, a, `<queryLocator xsi:nil="true"/><size>1</size>`)
}

func TestCallsAreRefusedInTheNamespaceOfTheirAPI(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	x.token = "garbage"
	for path, want := range map[string]string{enterprise: "urn:fault.enterprise.soap.sforce.com", partner: "urn:fault.partner.soap.sforce.com"} {
		ns := map[string]string{enterprise: enterpriseNS, partner: partnerNS}[path]
		a := x.call(path, ns, "getUserInfo>", "")
		refused(t, a, "soap-session-invalid")
		if !strings.Contains(string(a.Body), `xmlns:sf="`+want+`"`) ||
			!strings.Contains(string(a.Body), "<faultcode>sf:INVALID_SESSION_ID</faultcode>") {
			t.Errorf("%s: %s", path, a.Body)
		}
	}
}

func TestCallsCountAgainstTheDailyLimitAndSayHowMuchIsUsed(t *testing.T) {
	t.Parallel()
	x := newOrg(t, fixtures.Set("settings/dailyApiRequests", 2))
	used := func(n string) string {
		return `<soapenv:Header><LimitInfoHeader><limitInfo><current>` + n + `</current><limit>2</limit><type>API REQUESTS</type></limitInfo></LimitInfoHeader></soapenv:Header><soapenv:Body>`
	}
	refused(t, x.post(enterprise, "no envelope"), "soap-envelope-malformed")
	contains(t, x.call(enterprise, enterpriseNS, "getUserInfo>", ""), used("1"))
	contains(t, x.call(partner, partnerNS, "getServerTimestamp>", ""), used("2"))
	if n := x.counted.Used(start); n != 2 {
		t.Errorf("the org counts %d requests, want 2", n)
	}
	refused(t, x.call(partner, partnerNS, "getUserInfo>", ""), "soap-request-limit-exceeded")
}

func TestASessionIsGoodAtTheOrgsOwnHosts(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	body := `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><SessionHeader xmlns="urn:partner.soap.sforce.com"><sessionId>` + x.token +
		`</sessionId></SessionHeader></e:Header><e:Body><getUserInfo xmlns="urn:partner.soap.sforce.com"/></e:Body></e:Envelope>`
	for _, role := range []exchange.Role{exchange.MyDomain, exchange.Loopback} {
		contains(t, x.postAt(role, partner, body), "<userName>")
	}
	for _, role := range []exchange.Role{exchange.Login, exchange.Test} {
		refused(t, x.postAt(role, partner, body), "soap-url-not-reset")
	}
	refused(t, x.postAt(exchange.Elsewhere, partner, body), "soap-session-invalid")
}

func TestWhatIsNoCallIsRefused(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	envelope := func(body string) string {
		return `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>` + body + `</e:Body></e:Envelope>`
	}
	call := `<getUserInfo xmlns="urn:enterprise.soap.sforce.com"/>`
	for name, body := range map[string]string{
		"nothing":           "",
		"text":              "getUserInfo",
		"unfinished":        envelope(call)[:60],
		"two roots":         envelope(call) + envelope(call),
		"text behind":       envelope(call) + "x",
		"no operation":      envelope(""),
		"two operations":    envelope(call + call),
		"SOAP 1.2":          strings.ReplaceAll(envelope(call), "http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope"),
		"document type":     `<!DOCTYPE e:Envelope>` + envelope(call),
		"entity":            `<!DOCTYPE a [<!ENTITY b "c">]>` + envelope(strings.Replace(call, "/>", ">&b;</getUserInfo>", 1)),
		"undefined entity":  envelope(strings.Replace(call, "/>", ">&nbsp;</getUserInfo>", 1)),
		"raw ampersand":     envelope(strings.Replace(call, "/>", ">a & b</getUserInfo>", 1)),
		"another encoding":  `<?xml version="1.0" encoding="UTF-16"?>` + envelope(call),
		"too deep":          envelope(strings.Repeat("<a>", 40) + strings.Repeat("</a>", 40)),
		"too many elements": envelope("<a>" + strings.Repeat("<b/>", 10_001) + "</a>"),
		"not UTF-8":         envelope("<a>\xff</a>"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refused(t, x.post(enterprise, body), "soap-envelope-malformed")
		})
	}
}

func TestEnvelopesMayHaveAByteOrderMarkOrBeInLatin1(t *testing.T) {
	t.Parallel()
	x := newOrg(t, fixtures.Set("records/Account", []any{map[string]any{"Name": "Größe ½"}}))
	envelope := func(name string) string {
		return `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><SessionHeader xmlns="urn:enterprise.soap.sforce.com"><sessionId>` + x.token +
			`</sessionId></SessionHeader></e:Header><e:Body><query xmlns="urn:enterprise.soap.sforce.com"><queryString>SELECT Name FROM Account WHERE Name = '` + name + `'</queryString></query></e:Body></e:Envelope>`
	}
	for name, body := range map[string]string{
		"byte order mark": "\xef\xbb\xbf" + `<?xml version="1.0" encoding="utf-8"?>` + envelope("Größe ½"),
		"ISO-8859-1":      `<?xml version="1.0" encoding="ISO-8859-1"?>` + envelope("Gr\xf6\xdfe \xbd"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			contains(t, x.post(enterprise, body), "<sf:Name>Größe ½</sf:Name>")
		})
	}
}

func TestWhatTheFakeDoesNotServeIsSaidToBeTheFakes(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	a := x.call(enterprise, enterpriseNS, "create><sObjects/>", "")
	refused(t, a, "soap-operation-not-served")
	if !strings.Contains(string(a.Body), "the operation create,") {
		t.Errorf("%s", a.Body)
	}
	refused(t, x.call(enterprise, enterpriseNS, "creat>", ""), "soap-operation-unknown")
	refused(t, x.call(enterprise, partnerNS, "create>", ""), "soap-operation-unknown")
}

func TestFaultsNameWhatIsNotKnown(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	a := x.call(enterprise, partnerNS, "getUserInfo>", "")
	refused(t, a, "soap-operation-unknown")
	if !strings.Contains(string(a.Body), "{urn:partner.soap.sforce.com}getUserInfo,") {
		t.Errorf("%s", a.Body)
	}
	a = x.call(enterprise, enterpriseNS, "query><item>1</item>", "")
	refused(t, a, "soap-element-invalid")
	if !strings.Contains(string(a.Body), "{urn:enterprise.soap.sforce.com}item") {
		t.Errorf("%s", a.Body)
	}
	refused(t, x.call("/services/Soap/c/68.0", enterpriseNS, "getUserInfo>", ""), "soap-version-unknown")
	refused(t, x.call("/services/Soap/c/055.0", enterpriseNS, "getUserInfo>", ""), "soap-version-unknown")
}

func TestABodyThatWasCutOffIsRefused(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	a := x.mux.Handle(&exchange.Request{
		Method: "POST", Path: enterprise, Org: x.Org, Now: start, TooLarge: true,
		Body: []byte(`<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><getUserInfo xmlns="urn:enterprise.soap.sforce.com"/></e:Body></e:Envelope>`),
	})
	refused(t, a, "soap-envelope-malformed")
}

func TestQueryLocatorsAreTheirOwnersAlone(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	for _, locator := range []string{"", "01g000000000001AAA", "01g000000000001AAA-x", "01g000000000001AAA--1", "01g000000000001AAA-500"} {
		refused(t, x.call(enterprise, enterpriseNS, "queryMore><queryLocator>"+locator+"</queryLocator>", ""), "soap-query-locator-invalid")
	}
}
