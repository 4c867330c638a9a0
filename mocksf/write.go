package mocksf

import (
	"bytes"
	"compress/gzip"
	"maps"
	"net/http"
	"strings"
	"sync"

	"github.com/sfconform/sfconform/mocksf/exchange"
)

// everyAnswer are the headers that every answer carries (facts: section 9). The
// names are spelt as net/http keeps them.
var everyAnswer = http.Header{
	"Strict-Transport-Security": {"max-age=63072000; includeSubDomains"},
	"X-Content-Type-Options":    {"nosniff"},
	"X-Robots-Tag":              {"none"},
	"X-Xss-Protection":          {"1; mode=block"},
	"Cache-Control":             {"no-cache,must-revalidate,max-age=0,no-store,private"},
	"Expires":                   {"Thu, 01 Jan 1970 00:00:00 GMT"},
	"Vary":                      {"Accept-Encoding"},
	"Server":                    {"sfdcedge"},
}

// write puts an answer on the wire. Only an answer that a fault is about goes another
// way, see reply.
func write(w http.ResponseWriter, r *exchange.Request, a exchange.Answer, id requestID) {
	setHeader(w.Header(), r, a, id)
	body, zipped := a.Body, len(a.Body) > 0 && offersGzip(r.Header)
	if zipped {
		w.Header()["Content-Encoding"] = []string{"gzip"}
		body = compress(body)
	}
	w.WriteHeader(a.Status)
	if len(body) > 0 && r.Method != http.MethodHead {
		// A client that has gone has no use for the error.
		_, _ = w.Write(body)
	}
	if zipped {
		// The captured answer was compressed and chunked (facts: section 9).
		_ = http.NewResponseController(w).Flush()
	}
}

// setHeader sets what does not depend on how the body is sent.
func setHeader(h http.Header, r *exchange.Request, a exchange.Answer, id requestID) {
	maps.Copy(h, everyAnswer)
	h["Date"] = []string{r.Now.UTC().Format(http.TimeFormat)}
	h["X-Request-Id"] = []string{id.String()}
	h["Set-Cookie"] = cookies(r, id)
	if a.ContentType != "" {
		h["Content-Type"] = []string{a.ContentType}
	} else {
		h["Content-Type"] = nil
	}
	for name, value := range a.Header {
		h.Set(name, value)
	}
}

func offersGzip(h http.Header) bool {
	for coding := range strings.SplitSeq(h.Get("Accept-Encoding"), ",") {
		name, quality, _ := strings.Cut(strings.TrimSpace(coding), ";")
		if strings.EqualFold(name, "gzip") && strings.ReplaceAll(quality, " ", "") != "q=0" {
			return true
		}
	}
	return false
}

var gzipWriters = sync.Pool{New: func() any {
	// The level is in range, so there is no error.
	w, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed)
	return w
}}

func compress(body []byte) []byte {
	var b bytes.Buffer
	w := gzipWriters.Get().(*gzip.Writer)
	defer gzipWriters.Put(w)
	w.Reset(&b)
	// A buffer takes every write.
	_, _ = w.Write(body)
	_ = w.Close()
	return b.Bytes()
}
