package mocksf

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"io"
	"net/http"
	"strings"
)

// takesCompressed says whether requests to the path may come compressed: those of the
// data and SOAP APIs (REST API guide, Compression Headers), which Salesforce's own SOAP
// library does unasked.
func takesCompressed(path string) bool {
	return strings.HasPrefix(path, "/services/data/") || strings.HasPrefix(path, "/services/Soap/")
}

// inflated is up to one byte more than the limit of the body that its header says is
// compressed. One that is not what it says stays as it came: the room that parses it
// refuses it.
func inflated(header http.Header, body []byte, most int) []byte {
	from, err := decompressor(header.Get("Content-Encoding"), body)
	if from == nil || err != nil {
		return body
	}
	plain, err := io.ReadAll(io.LimitReader(from, int64(most)+1))
	if err != nil {
		return body
	}
	return plain
}

// decompressor reads what was compressed by the coding; nil for any other coding.
func decompressor(coding string, body []byte) (io.Reader, error) {
	switch strings.ToLower(strings.TrimSpace(coding)) {
	case "gzip", "x-gzip":
		return gzip.NewReader(bytes.NewReader(body))
	case "deflate":
		return zlib.NewReader(bytes.NewReader(body))
	}
	return nil, nil //nolint:nilnil // a body of no known coding is no error
}
