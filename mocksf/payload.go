package mocksf

import (
	"bytes"
	"io"
	"net/http"
	"strconv"

	"github.com/sfconform/sfconform/mocksf/fault"
)

// payload is a body as it goes on the wire.
type payload struct {
	io.Reader
	length int64
	zipped bool
	// open says that the length is not announced: the body goes in chunks.
	open bool
}

// pack makes the payload of a body under a fault. What breaks off or is chosen to be
// plain announces its length; a compressed one is chunked as captured (facts: section 9).
func pack(body []byte, offered http.Header, e fault.Effect) payload {
	if e.Size > int64(len(body)) {
		return payload{Reader: padded(body, e.Size), length: e.Size}
	}
	p := payload{zipped: len(body) > 0 && offersGzip(offered)}
	if e.Encoding != "" {
		p.zipped = e.Encoding == fault.Gzip
	}
	if p.zipped {
		body = compress(body)
	}
	p.open = p.zipped && !e.BreaksOff() || e.Encoding == fault.Chunked
	p.Reader, p.length = bytes.NewReader(body), int64(len(body))
	return p
}

// announce sets the headers of the payload.
func (p payload) announce(h http.Header, status int) {
	if p.zipped {
		h["Content-Encoding"] = []string{"gzip"}
	}
	if !p.open && status != http.StatusNoContent && status != http.StatusNotModified {
		h["Content-Length"] = []string{strconv.FormatInt(p.length, 10)}
	}
}

// padded is the body with one more member if it is an object, and with blanks in
// front if it is not: the same JSON, size bytes long.
func padded(body []byte, size int64) io.Reader {
	missing := size - int64(len(body))
	open, closing := `{"padding":"`, `",`
	if bytes.HasPrefix(body, []byte("{}")) {
		closing = `"`
	}
	if rest := missing - int64(len(open)-1+len(closing)); rest >= 0 && bytes.HasPrefix(body, []byte("{")) {
		return io.MultiReader(bytes.NewReader([]byte(open)), io.LimitReader(fill('x'), rest),
			bytes.NewReader([]byte(closing)), bytes.NewReader(body[1:]))
	}
	return io.MultiReader(io.LimitReader(fill(' '), missing), bytes.NewReader(body))
}

// fill is one byte without end.
type fill byte

// Read implements io.Reader.
func (f fill) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(f)
	}
	return len(b), nil
}
