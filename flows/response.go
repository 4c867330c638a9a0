package flows

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// answer is what the token endpoint sent, read to its end.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// wireFields is a JSON object whose members may be of any type: RFC 6749 section 5.1 wants unknown ones ignored, and
// an optional one of an odd type is no reason to refuse a login.
type wireFields map[string]json.RawMessage

// text returns a string or a number as text, and "" for anything else.
func (f wireFields) text(name string) string {
	var value string
	if json.Unmarshal(f[name], &value) == nil {
		return value
	}
	var number json.Number
	if json.Unmarshal(f[name], &number) == nil {
		return number.String()
	}
	return ""
}

// fields parses the body; the problem is empty when it is a JSON object.
func (a answer) fields() (fields wireFields, problem string) {
	if json.Unmarshal(a.body, &fields) == nil && fields != nil {
		return fields, ""
	}
	var list []wireFields // the data API's error shape, from a host that is not a token endpoint
	if json.Unmarshal(a.body, &list) == nil && len(list) > 0 && list[0] != nil {
		return list[0], ""
	}
	return nil, a.notJSON()
}

func (a answer) notJSON() string {
	if len(strings.TrimSpace(string(a.body))) == 0 {
		return "the answer is empty"
	}
	mediaType, _, err := mime.ParseMediaType(a.header.Get("Content-Type"))
	if err != nil {
		mediaType = "no content type"
	}
	if strings.HasPrefix(strings.TrimSpace(string(a.body)), "{") {
		return fmt.Sprintf("the answer is broken JSON (%s)", mediaType)
	}
	return fmt.Sprintf("the answer is not JSON (%s)", mediaType)
}

// newToken parses an access token response. The string is the problem, empty on success.
func newToken(f wireFields, policy hostPolicy, now time.Time) (*Token, string) {
	t := &Token{
		AccessToken: f.text("access_token"), TokenType: f.text("token_type"), TokenFormat: f.text("token_format"),
		Scope: f.text("scope"), ID: f.text("id"), IssuedAt: f.text("issued_at"), Signature: f.text("signature"),
		APIInstanceURL: f.text("api_instance_url"), Obtained: now,
	}
	if t.AccessToken == "" {
		return nil, "the answer has no access_token"
	}
	if strings.ContainsFunc(t.AccessToken, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return nil, "the access_token holds characters that no header can carry"
	}
	if t.TokenType != "" && !strings.EqualFold(t.TokenType, "Bearer") { // RFC 6749 section 7.1
		return nil, fmt.Sprintf("the token_type is %q, not Bearer", t.TokenType)
	}
	if f.text("instance_url") == "" {
		return nil, "the answer has no instance_url"
	}
	base, err := policy.check(f.text("instance_url"))
	if err != nil {
		return nil, err.Error()
	}
	t.InstanceURL = base.String()
	t.Expiry = expiry(f, t, now)
	return t, ""
}

// expiry takes expires_in, else the exp of a token that calls itself a JWT; Salesforce mostly names neither.
func expiry(f wireFields, t *Token, now time.Time) time.Time {
	seconds, err := strconv.ParseFloat(f.text("expires_in"), 64)
	if err == nil && seconds > 0 && seconds < math.MaxInt32 {
		return now.Add(time.Duration(seconds * float64(time.Second)))
	}
	if !strings.EqualFold(t.TokenFormat, "jwt") {
		return time.Time{}
	}
	_, payload, _ := strings.Cut(t.AccessToken, ".")
	payload, _, _ = strings.Cut(payload, ".")
	claims, err := base64.RawURLEncoding.DecodeString(payload)
	if err != nil {
		return time.Time{}
	}
	var read struct {
		Expires int64 `json:"exp"`
	}
	if json.Unmarshal(claims, &read) != nil || read.Expires <= now.Unix() {
		return time.Time{}
	}
	return time.Unix(read.Expires, 0)
}

// retryAfter reads RFC 9110 section 10.2.3 in both its forms; a date counts from the server's own Date, else from now,
// and says nothing if that is not known either.
func retryAfter(h http.Header, now time.Time) time.Duration {
	value := h.Get("Retry-After")
	if seconds, err := strconv.Atoi(value); err == nil || errors.Is(err, strconv.ErrRange) {
		return max(0, time.Duration(min(seconds, math.MaxInt32))*time.Second)
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	if date, err := http.ParseTime(h.Get("Date")); err == nil {
		now = date
	}
	if now.IsZero() {
		return 0
	}
	return max(0, at.Sub(now))
}

// redirectHost is the host that a Location names; a relative one stays on the host that was asked.
func redirectHost(h http.Header, asked string) string {
	location, err := url.Parse(h.Get("Location"))
	if err != nil || h.Get("Location") == "" {
		return "(unreadable)"
	}
	return orElse(location.Host, asked)
}

func isRedirect(status int) bool {
	return status >= 300 && status < 400 && status != http.StatusNotModified
}
