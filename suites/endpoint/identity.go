package endpoint

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
)

// identityURL is the shape that clients split by position (facts: client habits, 3).
var identityURL = regexp.MustCompile(`^(https?://[^/]+)/id/(00D\w{15})/(005\w{15})$`)

// identity holds `id` to the generic login host and the org, unless the case speaks of it.
func identity(t tokenResponse) (expected, seen string) {
	id := t.text("id")
	if _, spoken := t.want.Fields["id"]; spoken {
		return id, id
	}
	org := t.creds.OrgID
	parts := identityURL.FindStringSubmatch(id)
	if org == "" {
		org = "(org)"
		if parts != nil {
			parts[2] = org
		}
	}
	expected = fmt.Sprintf("%s/id/%s/(user)", t.creds.GenericURL, org)
	if parts == nil {
		return expected, id
	}
	return expected, fmt.Sprintf("%s/id/%s/(user)", parts[1], parts[2])
}

// instanceURL is the My Domain address, without a trailing slash. Credentials that
// name only a login host leave it open.
func instanceURL(t tokenResponse) (expected, seen string) {
	seen = t.text("instance_url")
	if _, spoken := t.want.Fields["instance_url"]; spoken {
		return seen, seen
	}
	login, err := url.Parse(t.creds.LoginURL)
	if err == nil && (login.Host == fixtures.LoginHost || login.Host == fixtures.TestHost) {
		return strings.TrimRight(seen, "/"), seen
	}
	return t.creds.LoginURL, seen
}

// lengths says what a token looks like without showing it.
func lengths(head, tail string, found bool) string {
	if !found {
		return fmt.Sprintf("%d characters without a !", len(head))
	}
	return fmt.Sprintf("%d characters, ! and %d more", len(head), len(tail))
}
