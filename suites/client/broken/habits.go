package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// afterwards are bad habits that show in one more call, when all is done. Nothing
// that is answered matters.
func (c *client) afterwards(ctx context.Context) {
	t := c.atHand()
	if t == nil {
		return
	}
	last := call{method: http.MethodGet, path: c.queryPath(cheapQuery)}
	switch {
	case c.breaks("host-use-instance-url"):
		_, _ = c.sendOnce(ctx, &token{access: t.access, instance: c.loginURL}, last)
	case c.breaks("api-bearer-header"):
		_, _ = c.sendOnce(ctx, &token{instance: t.instance}, last)
	case c.breaks("secret-token-not-in-url"):
		last.path = "/services/oauth2/userinfo?access_token=" + url.QueryEscape(t.access)
		_, _ = c.sendOnce(ctx, t, last)
	}
}

// beside are calls of other APIs that go along with a call: from them the client
// never learns that its session has ended.
func (c *client) beside(ctx context.Context, t *token) {
	version := strings.TrimPrefix(c.apiVersion, "v")
	switch {
	case c.breaks("session-bulk-400"):
		c.sendOther(ctx, http.MethodGet, t.instance+"/services/async/"+version+"/job/750000000000001AAA", "", http.Header{"X-Sfdc-Session": {t.access}})
	case c.breaks("session-soap-fault"):
		c.soap(ctx, t)
	case c.breaks("api-no-soap-with-jwt-token"):
		c.soapForEver(ctx, t)
	case c.breaks("session-streaming-401"):
		handshake := `[{"channel":"/meta/handshake","version":"1.0","supportedConnectionTypes":["long-polling"]}]`
		c.sendOther(ctx, http.MethodPost, t.instance+"/cometd/"+version, handshake, http.Header{
			"Authorization": {"Bearer " + t.access}, "Content-Type": {"application/json"},
		})
	}
}

// soap asks for the user, and says the status of the answer; 0 for none.
func (c *client) soap(ctx context.Context, t *token) int {
	envelope := `<?xml version="1.0" encoding="utf-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:urn="urn:partner.soap.sforce.com">` +
		`<soapenv:Header><urn:SessionHeader><urn:sessionId>` + t.access + `</urn:sessionId></urn:SessionHeader></soapenv:Header>` +
		`<soapenv:Body><urn:getUserInfo/></soapenv:Body></soapenv:Envelope>`
	return c.sendOther(ctx, http.MethodPost, t.instance+"/services/Soap/u/"+strings.TrimPrefix(c.apiVersion, "v"), envelope,
		http.Header{"Content-Type": {"text/xml; charset=UTF-8"}, "Soapaction": {`""`}})
}

// soapForEver is what a client does that takes every fault for the end of a session.
func (c *client) soapForEver(ctx context.Context, t *token) {
	if strings.Count(t.access, ".") != 2 {
		return
	}
	for n := 0; n < hammering && c.soap(ctx, t) == http.StatusInternalServerError; n++ {
		fresh, err := c.login(ctx)
		if err != nil {
			return
		}
		t = fresh
	}
}

func (c *client) sendOther(ctx context.Context, method, target, body string, header http.Header) int {
	request, err := http.NewRequestWithContext(ctx, method, target, bytes.NewReader([]byte(body)))
	if err != nil {
		return 0
	}
	request.Header = header
	request.Header.Set("User-Agent", userAgent)
	response, err := c.http.Do(request)
	if err != nil {
		return 0
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, mostBytes)) // so that the connection can be used again
	_ = response.Body.Close()
	return response.StatusCode
}

// askOldFirst makes the call with the token that has been replaced.
func (c *client) askOldFirst(ctx context.Context, t *token, what call) {
	if old := c.replaced.Load(); old != nil && c.breaks("cache-no-stale-copy") {
		_, _ = c.sendOnce(ctx, &token{access: old.access, instance: t.instance}, what)
	}
}

// follow goes with the token wherever an answer points.
func (c *client) follow(ctx context.Context, t *token, what call, response *http.Response) (*http.Response, error) {
	to, err := response.Location()
	if err != nil || response.StatusCode/100 != 3 || !c.breaks("secret-token-right-host") {
		return response, nil
	}
	_ = response.Body.Close()
	request, err := c.apiRequest(ctx, &token{access: t.access, instance: to.Scheme + "://" + to.Host}, call{method: what.method, path: to.RequestURI(), body: what.body})
	if err != nil {
		return nil, err
	}
	return c.http.Do(request)
}
