package drive

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"sync"
)

// Env is what a client within the process is told: the settings of the contract by
// their names, and its work.
type Env struct {
	job      Job
	settings map[string]string
	checks   *checkValues
}

// checkValues are what the client says of itself, from any of its goroutines.
type checkValues struct {
	mu     sync.Mutex
	values map[string]any
}

// Get is a variable of the contract, such as SF_AUDIENCE; "" if it is not set.
func (e Env) Get(name string) string { return e.settings[name] }

// Lookup is a variable of the contract, and whether it is set.
func (e Env) Lookup(name string) (string, bool) {
	value, set := e.settings[name]
	return value, set
}

// Environ are all variables, in the form of os.Environ, for a client that starts
// another program.
func (e Env) Environ() []string {
	var all []string
	for name, value := range e.settings {
		all = append(all, name+"="+value)
	}
	return all
}

// Scenario is the name of the scenario that is played.
func (e Env) Scenario() string { return e.job.Scenario }

// Operation is what the client is asked to do. One that it does not have is
// answered with ErrUnsupported.
func (e Env) Operation() string { return e.job.Operation }

// Context is what the scenario tells beside; it may be nil.
func (e Env) Context() map[string]any { return maps.Clone(e.job.Context) }

// LoginURL is SF_LOGIN_URL: the org's My Domain URL, to which the path of the token
// endpoint is added.
func (e Env) LoginURL() string { return e.Get("SF_LOGIN_URL") }

// ClientID is SF_CLIENT_ID, the Consumer Key.
func (e Env) ClientID() string { return e.Get("SF_CLIENT_ID") }

// ClientSecret is the Consumer Secret: SF_CLIENT_SECRET, or what the file
// SF_CLIENT_SECRET_FILE holds now.
func (e Env) ClientSecret() (string, error) {
	if secret, set := e.Lookup("SF_CLIENT_SECRET"); set {
		return secret, nil
	}
	text, err := e.file("SF_CLIENT_SECRET_FILE")
	return string(text), err
}

// Username is SF_USERNAME, the user that the JWT bearer flow acts for.
func (e Env) Username() string { return e.Get("SF_USERNAME") }

// PrivateKey is the PEM text of SF_PRIVATE_KEY_FILE, read anew each time.
func (e Env) PrivateKey() ([]byte, error) { return e.file("SF_PRIVATE_KEY_FILE") }

// file is nil if the variable is not set.
func (e Env) file(name string) ([]byte, error) {
	path := e.Get(name)
	if path == "" {
		return nil, nil
	}
	text, err := os.ReadFile(path) //nolint:gosec // the scenario names its own file
	if err != nil {
		return nil, fmt.Errorf("drive: %s: %w", name, err)
	}
	return text, nil
}

var errNoCertificate = errors.New("drive: SF_CA_FILE holds no certificate")

// RootCAs are the authorities to trust: that of the scenario alone, or the system's
// (nil) if it has none.
func (e Env) RootCAs() (*x509.CertPool, error) {
	text, err := e.file("SF_CA_FILE")
	if err != nil || text == nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(text) {
		return nil, errNoCertificate
	}
	return pool, nil
}

// TLSConfig trusts RootCAs.
func (e Env) TLSConfig() (*tls.Config, error) {
	pool, err := e.RootCAs()
	if err != nil {
		return nil, err
	}
	return &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}, nil
}

// Transport is a new one that trusts RootCAs and goes by way of the scenario's proxy
// (HTTPS_PROXY) if it has one. Close its idle connections at the end.
func (e Env) Transport() (*http.Transport, error) {
	config, err := e.TLSConfig()
	if err != nil {
		return nil, err
	}
	transport := &http.Transport{TLSClientConfig: config, ForceAttemptHTTP2: true}
	if text := e.Get("HTTPS_PROXY"); text != "" {
		proxy, err := url.Parse(text)
		if err != nil {
			return nil, fmt.Errorf("drive: HTTPS_PROXY: %w", err)
		}
		transport.Proxy = http.ProxyURL(proxy)
	}
	return transport, nil
}

// Check says something that the wire does not show, as a line CHECK {"records":1234}
// of a command does.
func (e Env) Check(name string, value any) {
	e.checks.mu.Lock()
	defer e.checks.mu.Unlock()
	if e.checks.values == nil {
		e.checks.values = map[string]any{}
	}
	if len(e.checks.values) < maxCheckValues {
		e.checks.values[name] = value
	}
}

func (c *checkValues) merged() map[string]any {
	c.mu.Lock()
	defer c.mu.Unlock()
	return maps.Clone(c.values)
}
