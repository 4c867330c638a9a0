package main

import (
	"context"
	"crypto/x509"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/sfconform/sfconform/flows"
)

// certificateNotice is how long before its end a signing certificate is worth a word.
const certificateNotice = 30 * 24 * time.Hour

// buildFlow chooses the flow and fills it in. Nothing here touches the network.
func (s *settings) buildFlow(stderr io.Writer) (flows.Flow, error) {
	name, err := s.flowName()
	if err != nil {
		return nil, err
	}
	if name == flows.FlowJWTBearer {
		return s.jwtBearer(stderr)
	}
	return s.clientCredentials()
}

func (s *settings) flowName() (string, error) {
	asked := strings.TrimSpace(s.get("flow"))
	known := []string{flows.FlowClientCredentials, flows.FlowJWTBearer}
	switch {
	case asked == known[0] || asked == known[1]:
		return asked, nil
	case asked != "":
		return "", usageError{fmt.Sprintf("%s is %q", labelOf("flow"), asked), suggest(asked, known, "")}
	case s.get("SF_CLIENT_SECRET")+s.get("client-secret-file")+s.get("credentials-file") != "":
		return flows.FlowClientCredentials, nil
	case s.get("private-key-file") != "":
		return flows.FlowJWTBearer, nil
	}
	return "", usageError{"no credential is set: SF_CLIENT_SECRET and SF_PRIVATE_KEY_FILE are missing", "set SF_CLIENT_SECRET (or SF_CLIENT_SECRET_FILE) for the client credentials flow, " +
		"or SF_PRIVATE_KEY_FILE and SF_USERNAME for the JWT bearer flow"}
}

func (s *settings) clientCredentials() (flows.Flow, error) {
	pair, err := s.readPair()
	if err != nil {
		return nil, err
	}
	style, err := s.authStyle()
	if err != nil {
		return nil, err
	}
	flow := flows.ClientCredentials{
		LoginURL: s.get("login-url"), ClientID: pair.id, ClientSecret: pair.secret, AuthStyle: style,
		VerifySignature: s.isOn("verify-signature"), ExpectedOrgID: s.get("org-id"), AllowLoopbackHTTP: s.isOn("allow-loopback-http"),
	}
	if s.get("credentials-file")+s.get("client-secret-file") != "" {
		flow.Reload = func(context.Context) (string, string, error) {
			fresh, err := s.readPair()
			return fresh.id, fresh.secret, err
		}
	}
	return flow, nil
}

func (s *settings) authStyle() (flows.AuthStyle, error) {
	switch style := strings.ToLower(strings.TrimSpace(s.get("auth-style"))); style {
	case "", "basic":
		return flows.AuthBasic, nil
	case "body":
		return flows.AuthBody, nil
	default:
		return 0, usageError{fmt.Sprintf("%s is %q", labelOf("auth-style"), style), "use basic or body"}
	}
}

func (s *settings) jwtBearer(stderr io.Writer) (flows.Flow, error) {
	flow := flows.JWTBearer{
		LoginURL: s.get("login-url"), ClientID: s.get("client-id"), Username: s.get("username"), Audience: s.get("audience"),
		ExpectedOrgID: s.get("org-id"), AllowLoopbackHTTP: s.isOn("allow-loopback-http"),
	}
	if s.get("private-key-file") == "" {
		return flow, nil // the library names what is missing, in the order of importance
	}
	key, err := s.readKey()
	if err != nil {
		return nil, err
	}
	noticeCertificate(stderr, key, time.Now())
	flow.PrivateKey = key
	flow.Reload = func(context.Context) (*flows.PrivateKey, error) { return s.readKey() }
	return flow, nil
}

func noticeCertificate(stderr io.Writer, key *flows.PrivateKey, now time.Time) {
	end, known := key.CertificateExpiry()
	if !known || end.Sub(now) > certificateNotice {
		return
	}
	verb := "ends"
	if end.Before(now) {
		verb = "ended"
	}
	say(stderr, "notice: the signing certificate %s on %s (%d days from now); upload a new one to the app",
		verb, end.UTC().Format(time.DateOnly), int(end.Sub(now).Hours()/24))
}

func (s *settings) buildOptions(stderr io.Writer) (flows.Options, error) {
	options := flows.Options{
		UserAgent: "sfclient/" + version,
		OnLogin:   func(token *flows.Token) { noticeScopes(stderr, token) },
	}
	durations := map[string]*time.Duration{
		"session-timeout": &options.SessionTimeout, "propagation-wait": &options.PropagationWait, "timeout": &options.Timeout,
		"retry-delay": &options.Retry.FirstDelay, "retry-budget": &options.Retry.Budget,
	}
	for key, target := range durations {
		d, err := s.duration(key, 0)
		if err != nil {
			return options, err
		}
		*target = d
	}
	options.AllowedHosts = s.allowedHosts()
	var err error
	if options.QueryBatch, err = count(labelOf("batch-size"), s.get("batch-size"), 0, 200, 2000); err != nil {
		return options, err
	}
	roots, err := s.roots()
	if err != nil {
		return options, err
	}
	options.Transport = flows.NewHTTPTransport(roots)
	if s.isOn("verbose") {
		options.Transport = &narrator{next: options.Transport, out: stderr}
	}
	return options, nil
}

func (s *settings) allowedHosts() []string {
	var hosts []string
	for host := range strings.SplitSeq(s.get("allowed-hosts")+","+s.get("instance-url"), ",") {
		if host = strings.TrimSpace(host); host != "" {
			hosts = append(hosts, host)
		}
	}
	return hosts
}

// roots adds the company's authorities to the system's; verification itself is never switched off.
func (s *settings) roots() (*x509.CertPool, error) {
	path := s.get("ca-file")
	if path == "" {
		return nil, nil
	}
	content, err := readSmallFile("ca-file", path)
	if err != nil {
		return nil, err
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(content) {
		return nil, usageError{fmt.Sprintf("%s: %q holds no PEM certificate", labelOf("ca-file"), path), "give the certificate of the authority"}
	}
	return pool, nil
}

// narrator prints one line for each request: enough to follow a login, nothing that must stay secret.
type narrator struct {
	next http.RoundTripper
	out  io.Writer
}

func (n *narrator) RoundTrip(request *http.Request) (*http.Response, error) {
	started := time.Now()
	response, err := n.next.RoundTrip(request)
	outcome := "failed"
	if err == nil {
		outcome = fmt.Sprint(response.StatusCode)
	}
	where := request.URL.Scheme + "://" + request.URL.Host + request.URL.Path
	say(n.out, "%s %s -> %s (%s)", request.Method, where, outcome, time.Since(started).Round(time.Millisecond))
	return response, err
}

// readSmallFile reads a file that a person wrote; a device or a huge file is a mistake.
func readSmallFile(key, path string) ([]byte, error) {
	file, err := os.Open(path) // #nosec G304 -- naming files is what the setting is for
	if err != nil {
		return nil, usageError{fmt.Sprintf("%s cannot be read: %v", labelOf(key), err), "check the path and its permissions"}
	}
	defer func() { _ = file.Close() }()
	const limit = 1 << 20
	content, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err != nil || len(content) > limit {
		return nil, usageError{fmt.Sprintf("%s cannot be read: %q is a folder or larger than 1 MiB", labelOf(key), path), "check the path"}
	}
	return trimFile(content), nil
}
