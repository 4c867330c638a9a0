package soap

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// byteOrderMark may stand before a document in UTF-8 (XML 1.0 section 4.3.3).
var byteOrderMark = []byte("\xef\xbb\xbf")

// charsetReader reads what is not UTF-8: the API takes ISO-8859-1 as well (SOAP API
// guide, Internationalization and Character Sets).
func charsetReader(charset string, input io.Reader) (io.Reader, error) {
	switch strings.ToLower(charset) {
	case "iso-8859-1", "us-ascii":
		return &latin1{bytes: bufio.NewReader(input)}, nil
	}
	return nil, fmt.Errorf("soap: the encoding %q is not taken: use UTF-8", charset)
}

// latin1 reads ISO-8859-1, whose bytes are the first 256 characters of Unicode, as UTF-8.
type latin1 struct {
	bytes *bufio.Reader
	// rest is what of the last character did not fit.
	rest []byte
}

// Read implements io.Reader.
func (l *latin1) Read(p []byte) (int, error) {
	n := copy(p, l.rest)
	l.rest = l.rest[n:]
	for n < len(p) {
		b, err := l.bytes.ReadByte()
		if err != nil {
			if n > 0 {
				return n, nil
			}
			return 0, err
		}
		encoded := []byte(string(rune(b)))
		fit := copy(p[n:], encoded)
		l.rest, n = encoded[fit:], n+fit
	}
	return n, nil
}
