package flows_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/flows"
)

func TestKeyIsReadFromEveryUsualForm(t *testing.T) {
	t.Parallel()
	pkcs8 := string(testdata(t, "test-key.pkcs8.pem"))
	want := testKey(t).Fingerprint()
	forms := map[string]string{
		"PKCS#8":              pkcs8,
		"PKCS#1":              string(testdata(t, "test-key.pkcs1.pem")),
		"CRLF":                strings.ReplaceAll(pkcs8, "\n", "\r\n"),
		"CR":                  strings.ReplaceAll(pkcs8, "\n", "\r"),
		`\n escapes`:          strings.ReplaceAll(pkcs8, "\n", `\n`),
		"quoted":              `"` + strings.ReplaceAll(pkcs8, "\n", `\n`) + `"`,
		"newlines eaten":      strings.ReplaceAll(pkcs8, "\n", " "),
		"newlines gone":       strings.ReplaceAll(pkcs8, "\n", ""),
		"base64 of the whole": base64.StdEncoding.EncodeToString([]byte(pkcs8)),
		"byte order mark":     "\ufeff" + pkcs8,
		"text around":         "Bag Attributes\n  friendlyName: x\n" + pkcs8 + "\n-- \n",
		"with certificate":    string(testdata(t, "test-key.with-certificate.pem")),
		"certificate first":   string(testdata(t, "test-wrong.certificate.pem")) + pkcs8,
	}
	for name, form := range forms {
		key, err := flows.ParsePrivateKey([]byte(form))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if key.Fingerprint() != want {
			t.Errorf("%s: another key", name)
		}
	}
}

func TestWrongKeyIsNamedForWhatItIs(t *testing.T) {
	t.Parallel()
	file := func(name string) string { return string(testdata(t, "test-wrong."+name+".pem")) }
	key := string(testdata(t, "test-key.pkcs8.pem"))
	tests := []struct{ name, input, words string }{
		{"empty", " \n", "is empty"},
		{"not PEM", "hello there, this is no key at all", "no BEGIN line"},
		{"file name", "/etc/keys/server.key", "name of a file"},
		{"truncated", file("truncated"), "END line is missing"},
		{"damaged", key[:100] + "AAAAAAAAAA" + key[110:], "is damaged"},
		{"not base64", key[:100] + "*" + key[101:], "not base64"},
		{"labels differ", strings.Replace(key, "END PRIVATE", "END RSA PRIVATE", 1), "different PEM labels"},
		{"encrypted PKCS#8", file("encrypted-pkcs8"), "passphrase"},
		{"encrypted PKCS#1", file("encrypted-pkcs1"), "passphrase"},
		{"OpenSSH", file("openssh"), "OpenSSH"},
		{"EC", file("ec"), "elliptic curve"},
		{"EC in PKCS#8", file("ec-pkcs8"), "not an RSA key"},
		{"public", file("public"), "public key"},
		{"certificate", file("certificate"), "is a certificate"},
		{"request", file("request"), "certificate request"},
		{"small", file("small"), "1024 bits"},
		{"of another certificate", file("foreign-certificate"), "does not belong to the certificate"},
		{"PuTTY", "PuTTY-User-Key-File-2: ssh-rsa\nEncryption: none", "PuTTY"},
		{"DER", "0\x82\x01\x22", "binary"},
		{"Java key store", "\xfe\xed\xfe\xed\x00", "Java key store"},
		{"UTF-16", "\xff\xfe-\x00-\x00", "UTF-16"},
		{"other kind", "-----BEGIN DH PARAMETERS-----\nAAAA\n-----END DH PARAMETERS-----", "another kind"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := flows.ParsePrivateKey([]byte(test.input))
			wantSetting(t, err, "PrivateKey", test.words)
			for line := range strings.Lines(test.input) {
				if line = strings.TrimSpace(line); len(line) > 40 && strings.Contains(err.Error(), line) {
					t.Error("the error repeats a line of the input")
				}
			}
		})
	}
}

func TestCertificateBesideTheKeyTellsItsEnd(t *testing.T) {
	t.Parallel()
	if _, known := testKey(t).CertificateExpiry(); known {
		t.Error("a key without certificate claims to know its end")
	}
	key, err := flows.ParsePrivateKey(testdata(t, "test-key.with-certificate.pem"))
	if err != nil {
		t.Fatal(err)
	}
	if end, known := key.CertificateExpiry(); !known || end.Before(clockStart) {
		t.Errorf("certificate ends %v, known %v", end, known)
	}
}

func TestCertificateFileIsChecked(t *testing.T) {
	t.Parallel()
	certificate, err := flows.ParseCertificate(testdata(t, "test-wrong.certificate.pem"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := testKey(t).WithCertificate(certificate); err != nil {
		t.Error(err)
	}
	_, err = flows.ParseCertificate([]byte("nothing"))
	wantSetting(t, err, "Certificate", "no PEM certificate")
	_, err = flows.ParseCertificate([]byte("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"))
	wantSetting(t, err, "Certificate", "is damaged")
	_, err = flows.NewPrivateKey(nil)
	wantSetting(t, err, "PrivateKey", "is missing")
}
