package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// asClient is the variable that makes this test program a client under test.
const asClient = "SFCONFORM_TEST_CLIENT"

func TestMain(m *testing.M) {
	if habit, known := habits[os.Getenv(asClient)]; known {
		os.Exit(habit())
	}
	os.Exit(m.Run())
}

// habits are clients, by what is wrong with them.
var habits = map[string]func() int{
	"leaks":    leak,
	"silent":   func() int { fmt.Println("nothing to do, secret", os.Getenv("SF_CLIENT_SECRET")); return 0 },
	"steers":   func() int { fmt.Print("\x1b[2J::error::x\n\n::error::y\n##[error]z\n"); return 1 },
	"waits":    func() int { time.Sleep(time.Hour); return 0 },
	"hangs":    func() int { _, _, _ = login(); time.Sleep(time.Hour); return 0 },
	"crashes":  func() int { _, _, _ = login(); panic("out of order") },
	"forks":    fork,
	"hammers":  hammer,
	"prattles": prattle,
	"works":    func() int { _, _, err := login(); return codeOf(err) },
}

func codeOf(err error) int {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// login is a client-credentials login without any care.
func login() (token, instance string, err error) {
	pem, err := os.ReadFile(os.Getenv("SF_CA_FILE"))
	if err != nil {
		return "", "", err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(pem)
	http.DefaultTransport = &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}}
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {os.Getenv("SF_CLIENT_ID")}, "client_secret": {os.Getenv("SF_CLIENT_SECRET")}}
	body, err := ask(http.MethodPost, os.Getenv("SF_LOGIN_URL")+"/services/oauth2/token", strings.NewReader(form.Encode()), "application/x-www-form-urlencoded", "")
	if err != nil {
		return "", "", err
	}
	var answer struct {
		AccessToken string `json:"access_token"`
		InstanceURL string `json:"instance_url"`
	}
	if err := json.Unmarshal(body, &answer); err != nil || answer.AccessToken == "" {
		return "", "", fmt.Errorf("refused: %s", body)
	}
	return answer.AccessToken, answer.InstanceURL, nil
}

func ask(method, address string, body io.Reader, kind, token string) ([]byte, error) {
	r, err := http.NewRequestWithContext(context.Background(), method, address, body)
	if err != nil {
		return nil, err
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	return io.ReadAll(response.Body)
}

// leak puts every secret everywhere, and notes for the test which they are.
func leak() int {
	token, instance, err := login()
	secrets := []string{os.Getenv("SF_CLIENT_SECRET"), token, os.Getenv("CALLERS_PASSWORD")}
	if key, err := os.ReadFile(os.Getenv("SF_PRIVATE_KEY_FILE")); err == nil {
		lines := strings.Split(strings.TrimSpace(string(key)), "\n")
		// The last line is too short to be told from chance.
		secrets = append(secrets, lines[1:len(lines)-2]...)
		fmt.Println(string(key))
	}
	noted, _ := os.OpenFile(os.Getenv("NOTED_SECRETS"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	for i, s := range secrets {
		if s == "" {
			continue
		}
		_, _ = fmt.Fprintln(noted, s)
		fmt.Println("stdout", s, base64.StdEncoding.EncodeToString([]byte("user:"+s)), url.QueryEscape(s))
		fmt.Fprintln(os.Stderr, "stderr", s)
		_ = os.WriteFile(fmt.Sprintf("file-%d", i), []byte(s), 0o600)
		_, _ = ask(http.MethodGet, instance+"/services/data/v66.0/query?q=x&s="+url.QueryEscape(s), http.NoBody, "", token)
	}
	fmt.Println(os.Environ())
	fmt.Println(`CHECK {"secret":"` + os.Getenv("SF_CLIENT_SECRET") + `"}`)
	return codeOf(err)
}

// fork leaves a process behind that would live for long.
func fork() int {
	c := exec.Command("sleep", "600")
	c.Stdout = os.Stdout
	if err := c.Start(); err != nil {
		return codeOf(err)
	}
	_ = os.WriteFile(os.Getenv("NOTED_PROCESS"), fmt.Append(nil, c.Process.Pid), 0o600)
	_, _, err := login()
	return codeOf(err)
}

// hammer sends requests as fast as it can, for ever.
func hammer() int {
	for range 16 {
		go func() {
			for {
				_, _, _ = login()
			}
		}()
	}
	select {}
}

// prattle prints a gigabyte.
func prattle() int {
	_, _, err := login()
	chunk := bytes.Repeat([]byte("all is well and nobody needs to know\n"), 1<<15)
	for sent := 0; sent < 1<<30; sent += len(chunk) {
		if _, err := os.Stdout.Write(chunk); err != nil {
			return 1
		}
	}
	return codeOf(err)
}
