package main

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const revokePath = "/services/oauth2/revoke"

// revoke ends the session (RFC 7009 section 2.1), which a good client leaves alone.
func (c *client) revoke(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	t := c.atHand()
	if t == nil {
		return
	}
	form := url.Values{"token": {t.access}}
	if c.breaks("end-revoke-shape") {
		form.Set("token", t.raw)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.loginURL+revokePath, strings.NewReader(form.Encode()))
	if err != nil {
		return
	}
	request.Header.Set("Content-Type", formType)
	if response, err := c.http.Do(request); err == nil {
		_ = response.Body.Close()
	}
}
