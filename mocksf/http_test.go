package mocksf_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf"
)

var noon = time.Date(2026, time.January, 15, 12, 0, 0, 0, time.UTC)

func TestEveryAnswerCarriesTheCapturedHeaders(t *testing.T) {
	t.Parallel()
	server := mocksf.Serve(t, mocksf.Options{Start: noon, Frozen: true})
	got := clientCredentials(t, server.Client(), server.URL(), server.Org())
	want := map[string]string{
		"Content-Type":              "application/json;charset=UTF-8",
		"Cache-Control":             "no-cache,must-revalidate,max-age=0,no-store,private",
		"Expires":                   "Thu, 01 Jan 1970 00:00:00 GMT",
		"Strict-Transport-Security": "max-age=63072000; includeSubDomains",
		"X-Content-Type-Options":    "nosniff",
		"Date":                      "Thu, 15 Jan 2026 12:00:00 GMT",
	}
	for name, value := range want {
		if got.header.Get(name) != value {
			t.Errorf("%s: %q, want %q", name, got.header.Get(name), value)
		}
	}
	cookies := got.header.Values("Set-Cookie")
	if len(cookies) != 4 || !strings.HasPrefix(cookies[0], "BrowserId=") || cookies[0] != cookies[1] {
		t.Errorf("cookies %q: want BrowserId twice and two consent cookies", cookies)
	}
	if !strings.HasPrefix(cookies[3], "LSKey-c$CookieConsentPolicy=0:1;") {
		t.Errorf("cookie %q: want the consent of the org's own host under the name with a $", cookies[3])
	}
}

func TestOnlyAClientThatOffersGzipGetsIt(t *testing.T) {
	t.Parallel()
	server := mocksf.Serve(t)
	client := &http.Client{Transport: &http.Transport{DisableCompression: true}}
	for offer, want := range map[string]string{"": "", "gzip, deflate": "gzip", "gzip;q=0": "", "br": "", "*;q=0, GZIP;q=0.5": "gzip"} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL()+"/services/data", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept-Encoding", offer)
		resp, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		a := readAnswer(t, resp)
		if got := a.header.Get("Content-Encoding"); got != want {
			t.Errorf("offer %q: coded %q, want %q", offer, got, want)
		}
		if text := a.text; want == "gzip" {
			z, err := gzip.NewReader(strings.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			if plain, err := io.ReadAll(z); err != nil || !bytes.HasPrefix(plain, []byte("[")) {
				t.Errorf("offer %q: %q %v", offer, plain, err)
			}
		}
	}
}

func TestABodyBeyondTheLimitIsAnsweredAsCatalogued(t *testing.T) {
	t.Parallel()
	server := mocksf.Serve(t)
	c, err := server.Org().Credentials("")
	if err != nil {
		t.Fatal(err)
	}
	got := post(t, server.Client(), c.TokenURL, url.Values{"grant_type": {strings.Repeat("x", 2<<20)}})
	if want := fixtures.MustRefusal("request-too-large").Answer; got.text != string(want.Body()) || got.status != want.Status {
		t.Errorf("got %d %s", got.status, got.text)
	}
}

func TestASlowBodyTimesOut(t *testing.T) {
	t.Parallel()
	server := mocksf.Serve(t, mocksf.Options{ReadTimeout: 20 * time.Millisecond})
	conn, err := net.Dial("tcp", strings.TrimPrefix(server.URL(), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	head := "POST /services/oauth2/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\ngrant_type="
	if _, err := io.WriteString(conn, head); err != nil {
		t.Fatal(err)
	}
	// The rest never comes: the server ends it, or this read hangs until the test times out.
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusRequestTimeout {
		t.Errorf("got %s", resp.Status)
	}
}

func TestCloseEndsIdleAndBusyConnections(t *testing.T) {
	t.Parallel()
	server, err := mocksf.New(mocksf.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	conn, err := net.Dial("tcp", strings.TrimPrefix(server.URL(), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := server.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(conn); err != nil && !strings.Contains(err.Error(), "reset") {
		t.Error(err)
	}
}

func TestASecondServerOnTheSamePortIsAnErrorThatNamesIt(t *testing.T) {
	t.Parallel()
	first := mocksf.Serve(t)
	addr := strings.TrimPrefix(first.URL(), "http://")
	second, err := mocksf.New(mocksf.Options{Addr: addr})
	if err != nil {
		t.Fatal(err)
	}
	if err := second.Start(); err == nil || !strings.Contains(err.Error(), addr) {
		t.Errorf("got %v", err)
	}
}
