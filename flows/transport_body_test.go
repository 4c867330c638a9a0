package flows_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/flows"
)

func TestBodyThatCannotBeSentAgainIsNot(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(numbered)
	calls := o.api(limitsURL, only("token-2", 401, expired))
	transport := flows.NewTransport(newSource(t, clientCredentials(), o.options()))
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, limitsURL[len(instanceURL):], io.NopCloser(bytes.NewReader([]byte("once"))))
	if err != nil {
		t.Fatal(err)
	}
	response, err := transport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, _ := io.ReadAll(response.Body)
	if response.StatusCode != 401 || string(body) != expired || len(*calls) != 1 {
		t.Errorf("status %d, body %q, %d calls", response.StatusCode, body, len(*calls))
	}
	if fmt.Sprintf("%+v", response.Request) == "" || response.Request.Header.Get("Authorization") != "" {
		t.Error("the response shows the token")
	}
}

func TestReadWhoseBodyIsGoneIsNotRepeated(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(numbered)
	calls := o.api(limitsURL, func(call) *http.Response { return answer(503, "") })
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, limitsURL[len(instanceURL):], io.NopCloser(strings.NewReader("once")))
	if err != nil {
		t.Fatal(err)
	}
	_, err = flows.NewClient(newSource(t, clientCredentials(), o.options())).Do(request)
	if refused, ok := errors.AsType[*flows.APIError](err); !ok || !refused.Temporary() || len(*calls) != 1 {
		t.Errorf("%v after %d calls", err, len(*calls))
	}
}

// closeCounter is a request body that counts how often it is closed.
type closeCounter struct {
	io.Reader
	closed int
}

func (c *closeCounter) Close() error { c.closed++; return nil }

func TestBodyOfARequestThatIsNotSentIsClosed(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(numbered)
	body := &closeCounter{Reader: strings.NewReader("x")}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://evil.test/", body)
	if err != nil {
		t.Fatal(err)
	}
	_, err = flows.NewTransport(newSource(t, clientCredentials(), o.options())).RoundTrip(request)
	if err == nil || body.closed != 1 {
		t.Errorf("%v, closed %d times", err, body.closed)
	}
}
