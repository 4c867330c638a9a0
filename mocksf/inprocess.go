package mocksf

import (
	"bytes"
	"cmp"
	"crypto/tls"
	"fmt"
	"io"
	"net/http"
)

// RoundTripper reaches the orgs under their real names without a listener: no
// port is opened and nothing leaves the process. A client with hard-coded hosts
// is tested by giving it an http.Client on this transport:
//
//	client := &http.Client{Transport: server.RoundTripper()}
//	client.Get("https://acme.my.salesforce.com/services/data")
//
// A host that does not exist, or a fault that breaks the connection, is an error,
// as it is over a network.
func (s *Server) RoundTripper() http.RoundTripper { return inProcess{s} }

type inProcess struct{ server *Server }

// callerAddress is where in-process requests seem to come from.
const callerAddress = "127.0.0.1:49152"

// RoundTrip implements http.RoundTripper.
func (t inProcess) RoundTrip(r *http.Request) (resp *http.Response, err error) {
	defer func() {
		if p := recover(); p != nil {
			if p != http.ErrAbortHandler { //nolint:errorlint // a panic's value, compared as net/http does
				panic(p)
			}
			err = fmt.Errorf("mocksf: no answer from %s: %w", r.URL.Host, io.ErrUnexpectedEOF)
		}
		if r.Body != nil {
			_ = r.Body.Close()
		}
	}()
	in := r.Clone(r.Context())
	in.Host, in.RemoteAddr, in.RequestURI = cmp.Or(r.Host, r.URL.Host), callerAddress, r.URL.RequestURI()
	if r.URL.Scheme == "https" {
		in.TLS = &tls.ConnectionState{Version: tls.VersionTLS13, HandshakeComplete: true, ServerName: r.URL.Hostname()}
	}
	if in.Body == nil {
		in.Body = http.NoBody
	}
	w := &inMemory{header: http.Header{}}
	t.server.serve(w, in)
	return w.response(r), nil
}

// inMemory is an answer that is written without a connection.
type inMemory struct {
	header, sent http.Header
	status       int
	body         bytes.Buffer
}

// Header implements http.ResponseWriter.
func (w *inMemory) Header() http.Header { return w.header }

// WriteHeader implements http.ResponseWriter: only the first call counts.
func (w *inMemory) WriteHeader(status int) {
	if w.status == 0 {
		w.status, w.sent = status, w.header.Clone()
	}
}

// Write implements http.ResponseWriter.
func (w *inMemory) Write(b []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.body.Write(b)
}

func (w *inMemory) response(r *http.Request) *http.Response {
	w.WriteHeader(http.StatusOK)
	return &http.Response{
		Status: fmt.Sprintf("%d %s", w.status, http.StatusText(w.status)), StatusCode: w.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: w.sent, Body: io.NopCloser(&w.body), ContentLength: int64(w.body.Len()), Request: r,
	}
}
