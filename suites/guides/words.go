package guides

import (
	"encoding/json"
	"encoding/xml"
	"net/url"
	"strings"
)

// words are error and description of a refusal, in whatever shape it comes: the OAuth
// object, the array of the data API, a SOAP fault, a form, a redirect, a bare word or a page.
func words(body []byte, location string) (code, description string) {
	if u, err := url.Parse(location); err == nil && u.Query().Get("error") != "" {
		return u.Query().Get("error"), u.Query().Get("error_description")
	}
	var oauth struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
	}
	if json.Unmarshal(body, &oauth) == nil && oauth.Error != "" {
		return oauth.Error, oauth.Description
	}
	var rest []struct {
		Code    string `json:"errorCode"`
		Message string `json:"message"`
	}
	if json.Unmarshal(body, &rest) == nil && len(rest) > 0 {
		return rest[0].Code, rest[0].Message
	}
	var fault struct {
		Code string `xml:"Body>Fault>faultcode"`
		Text string `xml:"Body>Fault>faultstring"`
	}
	if xml.Unmarshal(body, &fault) == nil && fault.Code != "" {
		return fault.Code, fault.Text
	}
	if form, err := url.ParseQuery(string(body)); err == nil && form.Get("error") != "" {
		return form.Get("error"), form.Get("error_description")
	}
	return page(string(body)), ""
}

// page is the title of a page, or else the first words of a text.
func page(text string) string {
	const most = 80
	if _, after, ok := strings.Cut(text, "<title>"); ok {
		title, _, _ := strings.Cut(after, "</title>")
		return "page " + strings.Join(strings.Fields(title), " ")
	}
	text = strings.Join(strings.Fields(text), " ")
	return strings.ToValidUTF8(text[:min(len(text), most)], "")
}
