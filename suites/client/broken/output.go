package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// say writes one line to standard error. Its failure could be told nobody.
func (c *client) say(format string, values ...any) {
	_, _ = fmt.Fprintf(c.err, "broken: "+c.about+format+"\n", values...)
}

// check tells a harness what the wire does not show (facts: client requirements,
// section 3.1).
func (c *client) check(counted map[string]any) error {
	text, err := json.Marshal(counted)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.out, "CHECK %s\n", text)
	return err
}

// describe is the text of an error, with nothing of the credential in it.
func (c *client) describe(err error) string {
	text := err.Error()
	if c.breaks("secret-not-in-errors") {
		text += " (sent: " + c.credential() + ")"
	}
	return strings.ToValidUTF8(text, "?")
}

// addCredential sends along what is of no use there.
func (c *client) addCredential(header http.Header) {
	if c.flow == clientCredentials {
		header.Set("X-Client-Secret", c.secret)
		return
	}
	if assertion := c.sent.Load(); assertion != nil {
		header.Set("X-Assertion", *assertion)
	}
}

// credential is what nobody must see.
func (c *client) credential() string {
	if c.flow == jwtBearer {
		return c.keyPEM
	}
	return c.secret
}
