package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf"
	"github.com/sfconform/sfconform/mocksf/authority"
	"github.com/sfconform/sfconform/mocksf/reach"
)

// launched is a fake that serves, with the files that its clients read.
type launched struct {
	server *mocksf.Server
	dir    string
	reach  reach.Reach
	out    output
}

// launch starts the fake that the flags ask for.
func launch(s settings, st state) (*launched, error) {
	ca, err := loadAuthority(s)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "mocksf-")
	if err != nil {
		return nil, fmt.Errorf("mocksf: no place for the files that clients read: %w", err)
	}
	r := &launched{dir: dir}
	if r.reach, err = s.writeTrust(dir, ca.PEM()); err == nil {
		r.server, err = start(s, st, ca, r.answer)
	}
	if err == nil {
		r.reach.ProxyURL = r.server.ProxyURL()
		r.out, err = describe(r.server, st, r.reach, s.seed, filepath.Join(dir, "private-key.pem"))
		r.reach.Variables = r.out.Variables
	}
	if err != nil {
		return nil, errors.Join(err, r.stop())
	}
	return r, nil
}

// startWithProxy is the fake of exec: with a proxy, on a free port unless the flags name one.
func startWithProxy(ctx context.Context, args []string, stderr io.Writer) (reach.Reach, func() error, error) {
	r, s, err := launchWith(append([]string{"--proxy", anyPort}, args...), stderr, stderr)
	if err != nil {
		return reach.Reach{}, nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	if s.log {
		go follow(ctx, r.server.Org(), stderr)
	}
	return r.reach, func() error {
		cancel()
		return r.stop()
	}, nil
}

// anyPort is a free port of the loopback interface.
const anyPort = "127.0.0.1:0"

func (r *launched) stop() error {
	var err error
	if r.server != nil {
		err = r.server.Close()
	}
	return errors.Join(err, os.RemoveAll(r.dir)) //nolint:gosec // the folder is our own, made by MkdirTemp
}

// writeTrust writes the authority for clients to trust: in every form that a runtime
// asks for where there is a proxy to reach real names by, else as PEM alone.
func (s settings) writeTrust(dir string, pem []byte) (reach.Reach, error) {
	if s.proxy != "" || len(pem) == 0 {
		return reach.WriteTrust(dir, pem)
	}
	r := reach.Reach{CAFile: filepath.Join(dir, "ca.pem")}
	if err := os.WriteFile(r.CAFile, pem, 0o600); err != nil { //nolint:gosec // as above
		return reach.Reach{}, fmt.Errorf("mocksf: the authority's file: %w", err)
	}
	return r, nil
}

// answer is what the control API tells of the reach.
func (r *launched) answer() any {
	variables := map[string]string{}
	for _, v := range r.reach.Variables {
		variables[v.Name] = v.Value
	}
	return reachAnswer{
		ProxyURL: r.reach.ProxyURL, CAFile: r.reach.CAFile, PHPConfigDir: r.reach.PHPConfigDir,
		TrustStoreFile: r.reach.TrustStoreFile, TrustStorePassword: r.reach.TrustStorePassword,
		HTTPSURL: r.server.TLSURL(), LoginURL: variables["SF_LOGIN_URL"], Variables: variables,
	}
}

func loadAuthority(s settings) (*authority.Authority, error) {
	if s.tlsCert == "" {
		return authority.New(authority.Options{})
	}
	ca, err := authority.Load(s.tlsCert, s.tlsKey)
	if err != nil {
		return nil, usageError("--tls-cert: %v", err)
	}
	return ca, nil
}

// start makes the server listen. With a propagation the app is created only now.
func start(s settings, st state, ca *authority.Authority, tell func() any) (*mocksf.Server, error) {
	org, created, err := spreading(s, st)
	if err != nil {
		return nil, err
	}
	server, err := mocksf.New(mocksf.Options{
		Orgs: append([]fixtures.Org{org}, st.others...), Seed: s.seed, TimeScale: s.timeScale,
		Addr: s.addr, ControlAddr: s.controlAddr, TLS: ca, TLSAddr: s.tlsAddr, TLSFault: authority.Fault(s.tlsFault),
		ProxyAddr: s.proxy, AllowHosts: s.allowHosts, Reach: tell,
	})
	if err == nil {
		err = server.Org().Change(created...)
	}
	if err == nil {
		err = server.Start()
	}
	if err != nil {
		return nil, codedError{code: exitUsage, err: err}
	}
	return server, nil
}

// spreading is the org to begin with, and what is created once it runs: with a
// propagation its app.
func spreading(s settings, st state) (fixtures.Org, []fixtures.Change, error) {
	if s.propagation == "" {
		return st.org, nil, nil
	}
	p, err := parsePropagation(s.propagation, s.seed)
	if err != nil {
		return st.org, nil, err
	}
	org := st.org.MustWith(fixtures.Set("propagation", p))
	app, there := org.Apps[st.app]
	if !there {
		return org, nil, nil
	}
	return org.MustWith(fixtures.Remove("apps/" + st.app)), []fixtures.Change{fixtures.Set("apps/"+st.app, app)}, nil
}

// throughProxy is a curl line that goes by way of the proxy and trusts the authority.
func throughProxy(r reach.Reach, line string) string {
	options := "curl --proxy " + shellQuote(r.ProxyURL)
	if r.CAFile != "" {
		options += " --cacert " + shellQuote(r.CAFile)
	}
	return options + strings.TrimPrefix(line, "curl")
}
