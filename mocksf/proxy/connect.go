package proxy

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"

	"github.com/elazarl/goproxy"
)

// tunnelWriter hands the client's connection over as an end.
type tunnelWriter struct {
	http.ResponseWriter
	proxy *Proxy
}

// Hijack keeps what the server has read beyond the request: goproxy drops the
// buffer, and with it the start of a client's TLS that did not wait for the 200.
func (w *tunnelWriter) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	c, buffered, err := http.NewResponseController(w.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, err
	}
	// As many bytes as are there cannot be too many to peek at.
	unread, _ := buffered.Peek(buffered.Reader.Buffered())
	e, err := w.proxy.adopt(c)
	if err != nil {
		return nil, nil, err
	}
	e.unread = bytes.Clone(unread)
	return e, buffered, nil
}

// reportFailure answers a CONNECT whose server could not be reached. The
// connection is out of the server's hands by then.
func reportFailure(client io.Writer, ctx *goproxy.ProxyCtx, err error) {
	// It was parsed when the request was admitted.
	to, _ := parseTarget(ctx.Req)
	resp := failure(to, err).response(ctx.Req)
	defer func() { _ = resp.Body.Close() }()
	// A client that is gone needs no answer.
	_ = resp.Write(client)
}
