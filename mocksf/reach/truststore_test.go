package reach_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/mocksf/reach"
)

func TestKeytoolReadsTheTrustStore(t *testing.T) {
	t.Parallel()
	keytool, err := exec.LookPath("keytool")
	if err != nil {
		t.Skip("keytool is not installed")
	}
	w := newWorld(t)
	out, err := exec.Command(keytool, "-J-Duser.language=en", "-list", "-keystore", w.reach.TrustStoreFile,
		"-storepass", reach.TrustStorePassword).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, want := range []string{"mocksf-1", "trustedCertEntry", "contains 1 entry"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("keytool -list lacks %q:\n%s", want, out)
		}
	}
	if out, err := exec.Command(keytool, "-list", "-keystore", w.reach.TrustStoreFile, "-storepass", "another").CombinedOutput(); err == nil {
		t.Errorf("the store opens with any password:\n%s", out)
	}
}

func TestTheTrustStoreHoldsEveryCertificateOfTheAuthority(t *testing.T) {
	t.Parallel()
	one, other := newWorld(t), newWorld(t)
	both := append(bytes.Clone(one.authority), other.authority...)
	store, err := reach.JavaTrustStore(both)
	if err != nil {
		t.Fatal(err)
	}
	trusted, err := reach.ParseCertificates(both)
	if err != nil || len(trusted) != 2 {
		t.Fatalf("%d certificates, %v", len(trusted), err)
	}
	for i, c := range trusted {
		if !bytes.Contains(store, c.Raw) {
			t.Errorf("certificate %d is missing", i+1)
		}
	}
	again, err := reach.JavaTrustStore(both)
	if err != nil || !bytes.Equal(store, again) {
		t.Errorf("a second store differs: %v", err)
	}
}

func TestAnAuthorityWithoutACertificateIsRefused(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"no PEM":             "hello",
		"another block":      "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
		"broken certificate": "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
	} {
		if _, err := reach.JavaTrustStore([]byte(text)); err == nil {
			t.Errorf("%s: no error", name)
		}
		dir := t.TempDir()
		if _, err := reach.WriteTrust(dir, []byte(text)); err == nil {
			t.Errorf("%s: reach.WriteTrust: no error", name)
		}
		if left, _ := os.ReadDir(dir); len(left) > 0 {
			t.Errorf("%s: %v is left behind", name, left)
		}
	}
}

func TestWithoutAnAuthorityNothingIsWritten(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	r, err := reach.WriteTrust(dir, nil)
	if err != nil || r.CAFile != "" || r.TrustStoreFile != "" {
		t.Errorf("%+v, %v", r, err)
	}
	if files, _ := filepath.Glob(dir + "/*"); len(files) > 0 {
		t.Errorf("written: %v", files)
	}
	r.ProxyURL = "http://127.0.0.1:1"
	for _, v := range r.VariablesFor(nil, nil) {
		if strings.Contains(v.Name, "CERT") || strings.Contains(v.Value, "trustStore") {
			t.Errorf("%s=%s trusts an authority that there is not", v.Name, v.Value)
		}
	}
}
