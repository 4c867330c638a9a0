package metadata

import (
	"encoding/base64"
	"strings"
)

// encodeCertificate is a certificate as a retrieve writes it: the base64 body in
// lines of 64 letters, without marks (facts: metadata.md section 7).
func encodeCertificate(der []byte) string {
	const width = 64
	text := base64.StdEncoding.EncodeToString(der)
	var lines []string
	for len(text) > width {
		lines, text = append(lines, text[:width]), text[width:]
	}
	return strings.Join(append(lines, text), "\n")
}
