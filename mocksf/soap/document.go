package soap

import (
	"bytes"
	"encoding/xml"
	"net/http"
	"strconv"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
)

// document is XML under construction.
type document struct{ bytes.Buffer }

// write adds markup as it is.
func (d *document) write(markup ...string) {
	for _, m := range markup {
		_, _ = d.WriteString(m)
	}
}

// text adds an element with a text.
func (d *document) text(name, value string) {
	d.write("<", name, ">")
	// A buffer takes every write.
	_ = xml.EscapeText(d, []byte(value))
	d.write("</", name, ">")
}

func (d *document) flag(name string, value bool)  { d.text(name, strconv.FormatBool(value)) }
func (d *document) number(name string, value int) { d.text(name, strconv.Itoa(value)) }

// null adds an element that says that there is no value.
func (d *document) null(name string) { d.write("<", name, ` xsi:nil="true"/>`) }

// contentType is what the faults of the catalogue have too.
const contentType = "text/xml;charset=UTF-8"

// answer is the response of the operation with what result writes in it. The
// namespaces stand as in captures of both APIs (idx:13165656135).
func (c *call) answer(result func(*document)) exchange.Answer {
	d := &document{}
	name := c.operation.name + "Response"
	d.write(xml.Header[:len(xml.Header)-1], `<soapenv:Envelope xmlns:soapenv="`, envelopeNamespace, `" xmlns="`, namespaces[c.api],
		`" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"`)
	if c.api != fixtures.MetadataAPI {
		d.write(` xmlns:sf="`, objectNamespace(c.api), `"`)
	}
	d.write(`>`)
	c.limitInfo(d)
	d.write(`<soapenv:Body>`)
	if result == nil {
		d.write("<", name, "/>")
	} else {
		d.write("<", name, ">")
		result(d)
		d.write("</", name, ">")
	}
	d.write("</soapenv:Body></soapenv:Envelope>")
	return exchange.Answer{Status: http.StatusOK, ContentType: contentType, Body: d.Bytes()}
}

// limitInfo is the header that tells the client how many of the day's requests are used
// up (captures of both APIs: idx:45500536550, idx:31564948715, idx:6723818398). The
// Metadata API's WSDL knows none.
func (c *call) limitInfo(d *document) {
	if c.api == fixtures.MetadataAPI {
		return
	}
	d.write("<soapenv:Header><LimitInfoHeader><limitInfo>")
	d.number("current", c.used)
	d.number("limit", c.request.Org.Settings.DailyAPIRequests)
	d.text("type", "API REQUESTS")
	d.write("</limitInfo></LimitInfoHeader></soapenv:Header>")
}

// objectNamespace is the namespace of records and their fields.
func objectNamespace(api fixtures.SOAPAPI) string {
	return "urn:sobject." + string(api) + ".soap.sforce.com"
}
