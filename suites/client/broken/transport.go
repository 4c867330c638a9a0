package main

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"os"
)

// transport verifies certificates against the system's authorities and the company's
// own, and goes by the proxy that the environment names.
func (c *client) transport() (http.RoundTripper, error) {
	roots, err := c.roots()
	if err != nil {
		return nil, err
	}
	careful := transportWith(c.tlsConfig(roots))
	if c.breaks("tls-no-insecure-retry") {
		return careless{careful, transportWith(&tls.Config{InsecureSkipVerify: true})}, nil
	}
	return careful, nil
}

func transportWith(config *tls.Config) *http.Transport {
	return &http.Transport{Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true, MaxIdleConnsPerHost: 32, TLSClientConfig: config}
}

func (c *client) roots() (*x509.CertPool, error) {
	if c.caFile == "" {
		return nil, nil
	}
	content, err := os.ReadFile(c.caFile)
	if err != nil {
		return nil, settingError{"SF_CA_FILE", "cannot be read: " + err.Error()}
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(content) {
		return nil, settingError{"SF_CA_FILE", "holds no PEM certificate"}
	}
	return pool, nil
}
