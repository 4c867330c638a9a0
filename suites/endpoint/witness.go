package endpoint

import (
	"bytes"
	"io"
	"net/http"

	"github.com/sfconform/sfconform/fixtures/request"
)

// witness passes requests on to the session and notes every secret that goes over
// the wire, so that none can turn up in what package flows says about it.
type witness struct{ attempt *attempt }

// RoundTrip implements http.RoundTripper.
func (w witness) RoundTrip(r *http.Request) (*http.Response, error) {
	wire := request.Wire{Method: r.Method, URL: r.URL.String(), Header: r.Header}
	if r.Body != nil {
		body, err := io.ReadAll(r.Body)
		_ = r.Body.Close()
		if err != nil {
			return nil, err
		}
		wire.Body = body
		r = r.Clone(r.Context())
		r.Body = io.NopCloser(bytes.NewReader(body))
	}
	w.attempt.redact.hide(wire.Secrets()...)
	w.attempt.out.sent = append(w.attempt.out.sent, wire.Redacted())
	resp, err := w.attempt.session.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, longestAnswer))
	_ = resp.Body.Close()
	if err != nil {
		return nil, err
	}
	w.attempt.redact.hide(answer{body: body}.secrets()...)
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}
