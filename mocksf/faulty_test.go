package mocksf_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf"
	"github.com/sfconform/sfconform/mocksf/fault"
)

func TestAConnectionIsResetWhereTheFaultSays(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, w way, right []byte) {
		t.Helper()
		for _, where := range []fault.Where{fault.Before, fault.Unsent} {
			if resp, _, err := w.under(t, fault.Fault{Kind: fault.Reset, Where: where}); !errors.Is(err, syscall.ECONNRESET) {
				t.Errorf("%s: %v %v", where, resp, err)
			}
		}
		resp, body, err := w.under(t, fault.Fault{Kind: fault.Reset, Where: fault.Inside})
		if !errors.Is(err, syscall.ECONNRESET) || !bytes.Equal(body, right[:len(right)/2]) || resp.ContentLength != int64(len(right)) {
			t.Errorf("inside: %q %v", body, err)
		}
		if _, body, err = w.under(t, fault.Fault{Kind: fault.Reset, Where: fault.After}); err != nil || !bytes.Equal(body, right) {
			t.Errorf("after: %q %v", body, err)
		}
	})
}

func TestATruncatedAnswerBreaksOffInTheMiddleOverEveryWriter(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, w way, right []byte) {
		t.Helper()
		_, body, err := w.under(t, fault.Fault{Kind: fault.Truncate})
		if !errors.Is(err, io.ErrUnexpectedEOF) || !bytes.Equal(body, right[:len(right)/2]) {
			t.Errorf("%q %v", body, err)
		}
	})
}

func TestAHangLastsUntilTheClientLeaves(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, w way, right []byte) {
		t.Helper()
		f := fault.Fault{Name: "inside", First: 1, Kind: fault.Hang, Where: fault.Inside}
		if err := w.server.Org().Faults().Arm(f); err != nil {
			t.Fatal(err)
		}
		ctx, leave := context.WithCancel(t.Context())
		defer leave()
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, w.url+"/services/data", nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := w.client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		half := make([]byte, len(right)/2)
		if _, err := io.ReadFull(resp.Body, half); err != nil || !bytes.Equal(half, right[:len(half)]) {
			t.Errorf("the first half: %q %v", half, err)
		}
		leave()
		if rest, err := io.ReadAll(resp.Body); !errors.Is(err, context.Canceled) || len(rest) > 0 {
			t.Errorf("the second half: %q %v", rest, err)
		}
		w.client.Timeout = 50 * time.Millisecond
		for _, where := range []fault.Where{"", fault.Unsent} {
			_, _, err := w.under(t, fault.Fault{Kind: fault.Hang, Where: where})
			if slow, ok := errors.AsType[interface {
				error
				Timeout() bool
			}](err); !ok || !slow.Timeout() {
				t.Errorf("%q: %v", where, err)
			}
		}
	})
}

// A server that closes must not wait for its own hanging answers, nor leave them behind:
// httptest's Close blocks until every handler has returned.
func TestCloseEndsAnswersThatHangOrDrip(t *testing.T) {
	t.Parallel()
	for _, f := range []fault.Fault{{Kind: fault.Hang}, {Kind: fault.Drip, Interval: fixtures.Duration(time.Minute)}} {
		f.Name, f.First = "f", 1
		server, err := mocksf.New(mocksf.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := server.Org().Faults().Arm(f); err != nil {
			t.Fatal(err)
		}
		entered, handler := make(chan struct{}), server.Handler()
		front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			close(entered)
			handler.ServeHTTP(w, r)
		}))
		answered := make(chan error, 1)
		go func() {
			resp, err := http.Get(front.URL + "/services/data")
			if err == nil {
				_, err = io.ReadAll(resp.Body)
				_ = resp.Body.Close()
			}
			answered <- err
		}()
		<-entered
		if err := server.Close(); err != nil {
			t.Error(err)
		}
		front.Close()
		if err := <-answered; err == nil {
			t.Errorf("%s: the answer came whole", f.Kind)
		}
	}
}

func TestAnAnswerThatTakesLongOutlivesTheTimeForARequest(t *testing.T) {
	t.Parallel()
	server := mocksf.Serve(t, mocksf.Options{ReadTimeout: 20 * time.Millisecond})
	w := way{server, server.Client(), server.URL()}
	if _, body, err := w.under(t, fault.Fault{Kind: fault.Slow, Delay: fixtures.Duration(60 * time.Millisecond)}); err != nil || len(body) < 100 {
		t.Errorf("%q %v", body, err)
	}
}

func TestADrippingAnswerArrivesByteByByte(t *testing.T) {
	t.Parallel()
	right := fixtures.MustRefusal("oauth-token-missing").Answer.Body()
	eachWay(t, func(t *testing.T, w way, _ []byte) {
		t.Helper()
		f := fault.Fault{Name: "f", First: 1, Kind: fault.Drip, Interval: fixtures.Duration(time.Millisecond)}
		if err := w.server.Org().Faults().Arm(f); err != nil {
			t.Fatal(err)
		}
		resp, err := w.client.Get(w.url + "/services/oauth2/userinfo")
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		buffer, got, most := make([]byte, 4096), []byte(nil), 0
		for err == nil {
			var n int
			n, err = resp.Body.Read(buffer)
			got, most = append(got, buffer[:n]...), max(most, n)
		}
		if !errors.Is(err, io.EOF) || !bytes.Equal(got, right) || most > len(right)/2 {
			t.Errorf("%d bytes, at most %d at once, %v", len(got), most, err)
		}
	})
}

func TestALargeAnswerIsTheSameJSONAtTheSize(t *testing.T) {
	t.Parallel()
	const size = 3 << 20
	eachWay(t, func(t *testing.T, w way, right []byte) {
		t.Helper()
		resp, body, err := w.under(t, fault.Fault{Kind: fault.Large, Size: size})
		if err != nil || len(body) != size || resp.ContentLength != size || !bytes.HasSuffix(body, right) {
			t.Errorf("%d bytes announced, %d arrived, %v", resp.ContentLength, len(body), err)
		}
	})
	server := mocksf.Serve(t)
	if err := server.Org().Faults().Arm(fault.Fault{Name: "f", First: 2, Kind: fault.Large, Size: size}); err != nil {
		t.Fatal(err)
	}
	got := clientCredentials(t, server.Client(), server.URL(), server.Org())
	if token, _ := got.fields["access_token"].(string); token == "" || len(got.text) != size || len(got.fields["padding"].(string)) < size/2 {
		t.Errorf("%d bytes, token %q", len(got.text), token)
	}
}

func TestAnAnswerGoesOutInTheChosenCoding(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, w way, right []byte) {
		t.Helper()
		for encoding, want := range map[fault.Encoding]string{fault.Gzip: "gzip", fault.Identity: "", fault.Chunked: ""} {
			resp, body, err := w.under(t, fault.Fault{Kind: fault.Encode, Encoding: encoding})
			if err != nil || resp.Header.Get("Content-Encoding") != want {
				t.Fatalf("%s: %v %v", encoding, resp, err)
			}
			if chunked := strings.Join(resp.TransferEncoding, "") == "chunked"; chunked != (encoding != fault.Identity) {
				t.Errorf("%s: transfer encoding %v", encoding, resp.TransferEncoding)
			}
			if encoding == fault.Gzip {
				z, err := gzip.NewReader(bytes.NewReader(body))
				if err != nil {
					t.Fatal(err)
				}
				if body, err = io.ReadAll(z); err != nil {
					t.Fatal(err)
				}
			}
			if !bytes.Equal(body, right) {
				t.Errorf("%s: %q", encoding, body)
			}
		}
	})
}

func TestRedirectsAndEmptyAnswersAreWhatTheySay(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, w way, _ []byte) {
		t.Helper()
		resp, _, err := w.under(t, fault.Fault{Kind: fault.Redirect, Status: 307, Location: "https://other.example${path}"})
		if err != nil || resp.StatusCode != 307 || resp.Header.Get("Location") != "https://other.example/services/data" {
			t.Errorf("%v %v", resp, err)
		}
		resp, body, err := w.under(t, fault.Fault{Kind: fault.Empty, Status: 503})
		if err != nil || resp.StatusCode != 503 || len(body) != 0 || resp.Header.Get("Content-Length") != "0" || !strings.HasPrefix(resp.Header.Get("Content-Type"), "application/json") {
			t.Errorf("%v %v", resp, err)
		}
	})
}

// A login that is reset before the answer has not happened; one that is reset unsent has.
func TestTheOrgIsAskedOnlyFromUnsentOn(t *testing.T) {
	t.Parallel()
	for where, want := range map[fault.Where]string{fault.Before: "", fault.Unsent: "integration"} {
		server := mocksf.Serve(t)
		if err := server.Org().Faults().Arm(fault.Fault{Name: "f", First: 1, Kind: fault.Reset, Where: where}); err != nil {
			t.Fatal(err)
		}
		c, err := server.Org().Credentials("integration")
		if err != nil {
			t.Fatal(err)
		}
		resp, err := server.Client().PostForm(c.TokenURL, url.Values{
			"grant_type": {"client_credentials"}, "client_id": {c.ClientID}, "client_secret": {c.ClientSecret},
		})
		if err == nil {
			_ = resp.Body.Close()
			t.Errorf("%s: answered %s", where, resp.Status)
		}
		if e, _ := server.Org().Journal().Last(); e.App != want || e.Fault != "f" {
			t.Errorf("%s: the journal has app %q, fault %q", where, e.App, e.Fault)
		}
	}
}

func TestFaultsActInProcessToo(t *testing.T) {
	t.Parallel()
	server := mocksf.Serve(t)
	w := way{server, &http.Client{Transport: server.RoundTripper()}, "https://acme.my.salesforce.com"}
	for _, f := range []fault.Fault{{Kind: fault.Reset}, {Kind: fault.Reset, Where: fault.Inside}, {Kind: fault.Truncate}} {
		if resp, _, err := w.under(t, f); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%+v: %v %v", f, resp, err)
		}
	}
	if _, body, err := w.under(t, fault.Fault{Kind: fault.Reset, Where: fault.After}); err != nil || len(body) < 100 {
		t.Errorf("after: %q %v", body, err)
	}
	if _, body, err := w.under(t, fault.Fault{Kind: fault.Large, Size: 1 << 20}); err != nil || len(body) != 1<<20 {
		t.Errorf("large: %d bytes %v", len(body), err)
	}
	w.client.Timeout = 20 * time.Millisecond
	if resp, _, err := w.under(t, fault.Fault{Kind: fault.Hang}); !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("hang: %v %v", resp, err)
	}
}
