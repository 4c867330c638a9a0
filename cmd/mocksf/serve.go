package main

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf"
)

// serve is `mocksf [flags]`: it starts a fake, prints how to reach it and serves until ctx ends.
func serve(ctx context.Context, args []string, stdout, stderr io.Writer) (err error) {
	s, err := parseSettings(args, stdout)
	if err != nil {
		return err
	}
	if !s.seedSet {
		s.seed = chooseSeed()
	}
	st, err := prepare(s, stderr)
	if err != nil {
		return err
	}
	server, err := start(s, st)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Close()) }()

	dir, err := os.MkdirTemp("", "mocksf-")
	if err != nil {
		return fmt.Errorf("mocksf: no place for the key file: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	out, err := describe(server, st, s.seed, filepath.Join(dir, "private-key.pem"))
	if err != nil {
		return err
	}
	if err := out.print(stdout, s.json, isTerminal(stdout)); err != nil {
		return fmt.Errorf("mocksf: cannot print: %w", err)
	}
	if s.log {
		follow(ctx, server.Org(), stderr)
	}
	<-ctx.Done()
	for _, f := range server.Org().Faults().NeverFired() {
		_, _ = fmt.Fprintf(stderr, "mocksf: warning: the fault %q was armed and no request met it\n", f.Fault.Name)
	}
	_, _ = fmt.Fprintln(stderr, "mocksf: stopped")
	return nil
}

// start makes the server listen. With a propagation the app is created only now.
func start(s settings, st state) (*mocksf.Server, error) {
	org, created := st.org, []fixtures.Change(nil)
	if s.propagation != "" {
		p, err := parsePropagation(s.propagation, s.seed)
		if err != nil {
			return nil, err
		}
		org = org.MustWith(fixtures.Set("propagation", p))
		if app, there := org.Apps[st.app]; there {
			org = org.MustWith(fixtures.Remove("apps/" + st.app))
			created = []fixtures.Change{fixtures.Set("apps/"+st.app, app)}
		}
	}
	server, err := mocksf.New(mocksf.Options{
		Orgs: []fixtures.Org{org}, Seed: s.seed, TimeScale: s.timeScale,
		Addr: s.addr, ControlAddr: s.controlAddr,
	})
	if err != nil {
		return nil, codedError{code: exitUsage, err: err}
	}
	if err := server.Org().Change(created...); err != nil {
		return nil, codedError{code: exitUsage, err: err}
	}
	if err := server.Start(); err != nil {
		return nil, codedError{code: exitUsage, err: err}
	}
	return server, nil
}

// chooseSeed is by chance, and printed so that the run can be repeated.
func chooseSeed() uint64 {
	var b [4]byte
	_, _ = rand.Read(b[:]) // it never fails (crypto/rand)
	return uint64(binary.BigEndian.Uint32(b[:]))
}

// isTerminal says whether somebody reads along: a device that is no file and no pipe.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
