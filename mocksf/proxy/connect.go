package proxy

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"

	"github.com/elazarl/goproxy"
)

// tunnelWriter hands the client's connection over as an end of the tunnel.
type tunnelWriter struct {
	http.ResponseWriter
	conns  *registry
	tunnel *tunnel
}

// Hijack keeps what the server has read beyond the request: goproxy drops the
// buffer, and with it the start of a client's TLS that did not wait for the 200.
func (w *tunnelWriter) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	c, buffered, err := http.NewResponseController(w.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, err
	}
	e, err := w.conns.adopt(c, w.tunnel)
	if err != nil {
		return nil, nil, err
	}
	unread, err := buffered.Peek(buffered.Reader.Buffered())
	if err != nil {
		return nil, nil, err
	}
	e.unread = bytes.Clone(unread)
	return e, buffered, nil
}

// dialTunnel opens the server's end of a CONNECT.
func (p *Proxy) dialTunnel(r *http.Request, _, _ string) (net.Conn, error) {
	return p.dial(r.Context(), tunnelOf(r))
}

// reportFailure answers a CONNECT whose server could not be reached. The
// connection is out of the server's hands by then.
func reportFailure(client io.Writer, ctx *goproxy.ProxyCtx, err error) {
	resp := failure(tunnelOf(ctx.Req).to, err).response(ctx.Req)
	defer func() { _ = resp.Body.Close() }()
	// A client that is gone needs no answer.
	_ = resp.Write(client)
}
