package endpoint

import (
	"encoding/base64"
	"net/url"
	"strings"

	"github.com/sfconform/sfconform/fixtures/request"
)

// redactor takes the secrets of one session out of texts.
type redactor struct{ secrets []string }

func newRedactor(c request.Credentials) *redactor {
	r := &redactor{}
	r.hide(c.ClientSecret, c.PrivateKeyPEM)
	return r
}

// hide adds secrets. A word of a few letters is none.
func (r *redactor) hide(secrets ...string) {
	const shortest = 8
	for _, s := range secrets {
		if len(s) >= shortest {
			r.secrets = append(r.secrets, s, url.QueryEscape(s), base64.StdEncoding.EncodeToString([]byte(s)))
		}
	}
}

func (r *redactor) clean(text string) string {
	for _, s := range r.secrets {
		text = strings.ReplaceAll(text, s, request.Redacted)
	}
	return text
}
