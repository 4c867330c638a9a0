package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/sfconform/sfconform/mocksf/reach"
)

const (
	// maxReach is the size in bytes above which an answer or a file is refused.
	maxReach = 1 << 20
	// reachTimeout is how long a control API on this machine may take to answer.
	reachTimeout = 5 * time.Second
)

// reachAnswer is the answer to GET /reach of the control API.
type reachAnswer struct {
	// ProxyURL is empty where mocksf runs without a proxy.
	ProxyURL           string `json:"proxyUrl"`
	CAFile             string `json:"caFile"`
	TrustStoreFile     string `json:"trustStoreFile"`
	TrustStorePassword string `json:"trustStorePassword"`
	PHPConfigDir       string `json:"phpConfigDir"`
	// HTTPSURL is the org's own port, LoginURL its production name.
	HTTPSURL  string            `json:"httpsUrl"`
	LoginURL  string            `json:"loginUrl"`
	Variables map[string]string `json:"variables"`
}

func (a reachAnswer) reach() reach.Reach {
	r := reach.Reach{
		ProxyURL: a.ProxyURL, CAFile: a.CAFile, PHPConfigDir: a.PHPConfigDir,
		TrustStoreFile: a.TrustStoreFile, TrustStorePassword: a.TrustStorePassword,
	}
	for name, value := range a.Variables {
		r.Variables = append(r.Variables, reach.Variable{Name: name, Value: value})
	}
	slices.SortFunc(r.Variables, func(x, y reach.Variable) int { return strings.Compare(x.Name, y.Name) })
	return r
}

// fetchReach asks a running mocksf. Errors name its address and what to do.
func fetchReach(ctx context.Context, control string) (reach.Reach, error) {
	u, err := url.Parse(control)
	if err != nil || u.Scheme != "http" || u.Host == "" {
		return reach.Reach{}, usageError("%q is no address of a control API: want http://HOST:PORT, as mocksf prints it in %s", control, controlVariable)
	}
	ctx, cancel := context.WithTimeout(ctx, reachTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.JoinPath("reach").String(), http.NoBody) //nolint:gosec // the user names the address
	if err != nil {
		return reach.Reach{}, usageError("control API %q: %v", control, err)
	}
	// Not by way of the caller's proxy, which may be the fake's own.
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Do(req) //nolint:gosec // see above
	if err != nil {
		return reach.Reach{}, usageError("no mocksf answers at %q: is it still running? (%w)", control, err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := readBounded(resp.Body)
	switch {
	case err != nil:
		return reach.Reach{}, usageError("control API %q: %w", control, err)
	case resp.StatusCode != http.StatusOK:
		return reach.Reach{}, usageError("%q answers GET /reach with %s: it is no mocksf, or one of another version", control, resp.Status)
	}
	return parseReach(control, body)
}

func parseReach(control string, body []byte) (reach.Reach, error) {
	var answer reachAnswer
	if err := json.Unmarshal(body, &answer); err != nil {
		return reach.Reach{}, usageError("%q answers GET /reach with what is no reach: %w", control, err)
	}
	if answer.ProxyURL == "" {
		return reach.Reach{}, usageError("the mocksf at %q runs without a proxy: start it with --proxy 127.0.0.1:0", control)
	}
	return answer.reach(), nil
}

var errTooLong = errors.New("longer than 1 MiB")

func readBounded(r io.Reader) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxReach+1))
	if err == nil && len(text) > maxReach {
		err = errTooLong
	}
	return text, err
}

// controlURLIn finds the control API's address in what mocksf printed, be it for a
// shell or with --json.
func controlURLIn(name string, r io.Reader) (string, error) {
	text, err := readBounded(r)
	if err != nil {
		return "", usageError("--from: %s: %w", name, err)
	}
	control := controlOfLines(text)
	if bytes.HasPrefix(bytes.TrimSpace(text), []byte("{")) {
		var printed struct{ Control string }
		if err := json.Unmarshal(text, &printed); err != nil {
			return "", usageError("--from: %s: %w", name, err)
		}
		control = printed.Control
	}
	if control == "" {
		return "", usageError("--from: %s does not name %s: give what mocksf prints when it has started", name, controlVariable)
	}
	return control, nil
}

func controlOfLines(text []byte) (found string) {
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Buffer(nil, maxReach+1)
	for lines.Scan() {
		line := strings.TrimPrefix(strings.TrimSpace(lines.Text()), "export ")
		if value, ok := strings.CutPrefix(line, controlVariable+"="); ok {
			found = strings.Trim(value, `'"`)
		}
	}
	return found
}
