package reach

import (
	"bytes"
	"crypto/sha1" //nolint:gosec // the JKS format's own digest; it guards against damage, not against people
	"crypto/x509"
	"encoding/binary"
	"encoding/pem"
	"errors"
	"fmt"
	"unicode/utf16"
)

// The JKS format, as JavaKeyStore.java of OpenJDK reads and writes it. It is the
// one trust store that Java 8 and every later one reads, and no secret is in it.
const (
	// trustStorePassword is Java's own default.
	trustStorePassword = "changeit"
	jksMagic           = 0xFEEDFEED
	jksVersion         = 2
	// jksTrusted is the tag of a trustedCertEntry.
	jksTrusted = 2
	// jksWhitener is hashed between password and content.
	jksWhitener = "Mighty Aphrodite"
)

// javaTrustStore is a JKS file that holds the certificates of a PEM file as
// trusted ones, and the digest of trustStorePassword. The same input gives the same
// bytes: an entry's date is the day from which its certificate holds.
func javaTrustStore(certificates []byte) ([]byte, error) {
	trusted, err := parseCertificates(certificates)
	if err != nil {
		return nil, err
	}
	var b []byte
	b = binary.BigEndian.AppendUint32(b, jksMagic)
	b = binary.BigEndian.AppendUint32(b, jksVersion)
	b = binary.BigEndian.AppendUint32(b, uint32(len(trusted)))
	for i, c := range trusted {
		b = binary.BigEndian.AppendUint32(b, jksTrusted)
		b = appendUTF(b, fmt.Sprintf("mocksf-%d", i+1))
		b = binary.BigEndian.AppendUint64(b, uint64(c.NotBefore.UnixMilli()))
		b = appendUTF(b, "X.509")
		b = binary.BigEndian.AppendUint32(b, uint32(len(c.Raw)))
		b = append(b, c.Raw...)
	}
	return append(b, jksDigest(b)...), nil
}

// appendUTF appends what Java's DataOutput.writeUTF writes for ASCII.
func appendUTF(b []byte, ascii string) []byte {
	b = binary.BigEndian.AppendUint16(b, uint16(len(ascii)))
	return append(b, ascii...)
}

func jksDigest(content []byte) []byte {
	h := sha1.New() //nolint:gosec // see the import
	for _, unit := range utf16.Encode([]rune(trustStorePassword)) {
		_, _ = h.Write([]byte{byte(unit >> 8), byte(unit)})
	}
	_, _ = h.Write([]byte(jksWhitener))
	_, _ = h.Write(content)
	return h.Sum(nil)
}

// parseCertificates reads the CERTIFICATE blocks of a PEM file and passes over all others.
func parseCertificates(text []byte) ([]*x509.Certificate, error) {
	var found []*x509.Certificate
	for rest := bytes.TrimSpace(text); ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		if block.Type != "CERTIFICATE" {
			continue
		}
		c, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("mocksf: certificate %d of the authority: %w", len(found)+1, err)
		}
		found = append(found, c)
	}
	if len(found) == 0 {
		return nil, errors.New("mocksf: the authority's PEM text holds no certificate")
	}
	return found, nil
}
