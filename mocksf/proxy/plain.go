package proxy

import (
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/elazarl/goproxy"
)

// newTransport forwards plain requests, and dials for the tunnels. It keeps no connection: net/http would
// send a request again when a kept one breaks, and the fake's journal would
// count what the client never sent.
func (p *Proxy) newTransport() *http.Transport {
	return &http.Transport{
		DisableKeepAlives: true, DisableCompression: true,
		DialContext: p.dial,
	}
}

// forwardPlain takes a plain request from goproxy's hands to send it on unchanged.
func (p *Proxy) forwardPlain(r *http.Request, ctx *goproxy.ProxyCtx) (*http.Request, *http.Response) {
	dropHopByHop(r.Header)
	if _, ok := r.Header["User-Agent"]; !ok {
		// Present but nil keeps net/http from adding its own.
		r.Header["User-Agent"] = nil
	}
	ctx.RoundTripper = goproxy.RoundTripperFunc(p.roundTrip)
	return r, nil
}

func (p *Proxy) roundTrip(r *http.Request, _ *goproxy.ProxyCtx) (*http.Response, error) {
	to, err := parseTarget(r)
	if err != nil {
		return malformed(err).response(r), nil
	}
	resp, err := p.engine.Tr.RoundTrip(r)
	if err != nil {
		return failure(to, err).response(r), nil
	}
	if resp.StatusCode == http.StatusSwitchingProtocols {
		// Nobody asked for it: Upgrade is dropped on the way.
		_ = resp.Body.Close()
		return failure(to, errUpgrade).response(r), nil
	}
	dropHopByHop(resp.Header)
	resp.Body = unbroken{resp.Body}
	return resp, nil
}

var errUpgrade = errors.New("it switched protocols unasked")

// dropHopByHop removes the fields that are meant for the next hop only (RFC 9110
// section 7.6.1). goproxy drops Connection but not what it lists, and an
// Upgrade would make it hold a connection that it never closes.
func dropHopByHop(h http.Header) {
	for _, list := range h.Values("Connection") {
		for name := range strings.SplitSeq(list, ",") {
			h.Del(strings.TrimSpace(name))
		}
	}
	for _, name := range []string{"Connection", "Keep-Alive", "Proxy-Connection", "Te", "Upgrade"} {
		h.Del(name)
	}
}

// unbroken is a body that is delivered whole or breaks the client's connection
// too: goproxy would end a chunked body properly where its source broke off.
type unbroken struct{ io.ReadCloser }

// Read reads the body.
func (b unbroken) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if n == 0 && err != nil && !errors.Is(err, io.EOF) {
		panic(http.ErrAbortHandler)
	}
	if n > 0 {
		return n, nil
	}
	return 0, err
}
