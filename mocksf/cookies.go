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
	browser := "BrowserId=" + base64.RawURLEncoding.EncodeToString(id[:]) +
		"; domain=.salesforce.com; path=/; expires=" + r.Now.Add(browserCookieLife).UTC().Format(http.TimeFormat) +
		"; Max-Age=5184000"
	consent := "0:0"
	if r.Host.Role.Own() {
		consent = "0:1"
	}
	return []string{
		browser, browser,
		"CookieConsentPolicy=" + consent + "; path=/; secure; Max-Age=31536000",
		"LSKey-c$CookieConsentPolicy=" + consent + "; path=/; secure; Max-Age=31536000",
	}
}
