package journal

import (
	"encoding/base64"
	"encoding/json"
	"strings"
)

const (
	// maxAssertion is the length above which an assertion is not looked into.
	maxAssertion = 8 << 10
	// maxClaim is the length to which a claim is cut.
	maxClaim = 80
)

// claims are the parts of an assertion that tell a person what went wrong.
type claims struct {
	Issuer   string          `json:"iss"`
	Subject  string          `json:"sub"`
	Legacy   string          `json:"prn"`
	Audience json.RawMessage `json:"aud"`
	Expiry   json.RawMessage `json:"exp"`
}

// showAssertion shows the claims of an assertion (RFC 7523 section 3) and never a
// part of the text that was sent: without its signature, but also whole if it is
// none, it could be a private key.
func showAssertion(assertion string) string {
	parts := strings.Split(assertion[:min(len(assertion), maxAssertion+1)], ".")
	var header struct {
		Algorithm string `json:"alg"`
	}
	var c claims
	if len(assertion) > maxAssertion || len(parts) != 3 || !decode(parts[0], &header) || !decode(parts[1], &c) {
		return redacted(assertion)
	}
	var b strings.Builder
	b.WriteString("[claims alg=" + showClaim(header.Algorithm) + " iss=" + Shorten(c.Issuer))
	for _, claim := range [][2]string{
		{"sub", c.Subject}, {"prn", c.Legacy}, {"aud", unquoted(c.Audience)}, {"exp", unquoted(c.Expiry)},
	} {
		if claim[1] != "" {
			b.WriteString(" " + claim[0] + "=" + showClaim(claim[1]))
		}
	}
	return bound(b.String(), maxText-1) + "]"
}

// decode reads a part of an assertion, with or without padding and in either
// alphabet, as clients send it.
func decode(part string, into any) bool {
	part = strings.TrimRight(part, "=")
	data, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil {
		data, err = base64.RawStdEncoding.DecodeString(part)
	}
	return err == nil && json.Unmarshal(data, into) == nil
}

// unquoted is a claim that may be a text, a number or a list, as it stands in the assertion.
func unquoted(raw json.RawMessage) string { return strings.Trim(string(raw), `"`) }

func showClaim(text string) string { return bound(show(text), maxClaim) }
