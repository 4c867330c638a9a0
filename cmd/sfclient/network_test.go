package main

import (
	"crypto"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
	"time"
)

func rewrite(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Error(err)
	}
}

// keyWithCertificate is the test key and a certificate of it that ends when it is told to.
func keyWithCertificate(t *testing.T, end time.Time) string {
	t.Helper()
	content, err := os.ReadFile(keyFile)
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(content)
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: end.Add(-365 * 24 * time.Hour), NotAfter: end}
	signer, isSigner := key.(crypto.Signer)
	if !isSigner {
		t.Fatal("the test key does not sign")
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, signer.Public(), signer)
	if err != nil {
		t.Fatal(err)
	}
	return string(content) + string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

// tlsOrg grants tokens over TLS with a certificate that no system trusts.
func tlsOrg(t *testing.T) *httptest.Server {
	t.Helper()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte(`{"access_token":"t","instance_url":"https://` + r.Host + `"}`))
	}))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	return server
}

func TestUntrustedCertificateIsRefusedAndACAFileHelps(t *testing.T) {
	t.Parallel()
	server := tlsOrg(t)
	env := map[string]string{"SF_LOGIN_URL": server.URL, "SF_CLIENT_ID": "id", "SF_CLIENT_SECRET": canarySecret, "SF_RETRY_DELAY": "1ms"}
	sfclient(t, env, "token").want(t, exitFailed, "TLS failed", "unknown authority", "do not switch verification off")
	authority := string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}))
	sfclient(t, with(env, "SF_CA_FILE", writeFile(t, authority)), "token").want(t, exitOK, server.URL)
}

func TestUnreachableHostIsNamedWithItsSetting(t *testing.T) {
	t.Parallel()
	server := tlsOrg(t)
	address := server.URL
	server.Close()
	env := map[string]string{"SF_LOGIN_URL": address, "SF_CLIENT_ID": "id", "SF_CLIENT_SECRET": canarySecret, "SF_RETRY_DELAY": "1ms"}
	sfclient(t, env, "token").want(t, exitFailed, address[len("https://"):], "SF_LOGIN_URL", "connection refused", "attempts 5")
}
