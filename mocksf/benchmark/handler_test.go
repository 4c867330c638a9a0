package benchmark_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
)

// BenchmarkHandler shows what the fake itself costs, without the network.
func BenchmarkHandler(b *testing.B) {
	for _, flow := range []fixtures.Flow{fixtures.ClientCredentials, fixtures.JWTBearer} {
		b.Run(string(flow), func(b *testing.B) {
			server := fakeWithoutLimit(b)
			_, body, _ := strings.Cut(string(tokenRequest(b, server, flow)), "\r\n\r\n")
			handler := server.Handler()
			r := httptest.NewRequest(http.MethodPost, server.URL()+"/services/oauth2/token", http.NoBody)
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.ContentLength = int64(len(body))
			b.ReportAllocs()
			for b.Loop() {
				r.Body = io.NopCloser(strings.NewReader(body))
				w := &discard{header: http.Header{}}
				handler.ServeHTTP(w, r)
				if w.status != http.StatusOK {
					b.Fatal(w.status)
				}
			}
		})
	}
}

// discard is a ResponseWriter that keeps only the status.
type discard struct {
	header http.Header
	status int
}

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) Write(p []byte) (int, error) { return len(p), nil }
func (d *discard) WriteHeader(status int)      { d.status = status }
