package mocksf

import (
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"time"

	"github.com/sfconform/sfconform/mocksf/exchange"
)

// requestID numbers an exchange: 32 hexadecimal digits on the wire.
type requestID [16]byte

// String is the value of the x-request-id header.
func (id requestID) String() string { return hex.EncodeToString(id[:]) }

// browserCookieLife is 60 days (facts: section 9).
const browserCookieLife = 5184000 * time.Second

// cookies are those that every answer sets: BrowserId twice, as captured, and on
// the org's own host a consent cookie under a second name with a `$` in it, which
// has broken a client (facts: section 9).
func cookies(r *exchange.Request, id requestID) []string {
	browser := make([]byte, 0, 160)
	browser = append(browser, "BrowserId="...)
	browser = base64.RawURLEncoding.AppendEncode(browser, id[:])
	browser = append(browser, "; domain=.salesforce.com; path=/; expires="...)
	browser = r.Now.Add(browserCookieLife).UTC().AppendFormat(browser, http.TimeFormat)
	browser = append(browser, "; Max-Age=5184000"...)
	consent := consentGeneric
	if r.Host.Role.Own() {
		consent = consentOwn
	}
	return []string{string(browser), string(browser), consent[0], consent[1]}
}

// The consent cookies of the generic hosts and of an org's own.
var (
	consentGeneric = consentCookies("0:0")
	consentOwn     = consentCookies("0:1")
)

func consentCookies(value string) [2]string {
	rest := "CookieConsentPolicy=" + value + "; path=/; secure; Max-Age=31536000"
	return [2]string{rest, "LSKey-c$" + rest}
}
