package main

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// serve is `mocksf [flags]`: it starts a fake, prints how to reach it and serves until ctx ends.
func serve(ctx context.Context, args []string, stdout, stderr io.Writer) (err error) {
	r, s, err := launchWith(args, stdout, stderr)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.stop()) }()
	if err := r.out.print(stdout, s.json, isTerminal(stdout)); err != nil {
		return fmt.Errorf("mocksf: cannot print: %w", err)
	}
	if s.log {
		follow(ctx, r.server.Org(), stderr)
	}
	<-ctx.Done()
	r.farewell(stderr)
	return nil
}

// launchWith starts a fake by the flags of serve.
func launchWith(args []string, stdout, stderr io.Writer) (*launched, settings, error) {
	s, err := parseSettings(args, stdout)
	if err != nil {
		return nil, s, err
	}
	if !s.seedSet {
		s.seed = chooseSeed()
	}
	st, err := prepare(s, stderr)
	if err != nil {
		return nil, s, err
	}
	r, err := launch(s, st)
	return r, s, err
}

// farewell says what did not come about although somebody prepared it.
func (r *launched) farewell(stderr io.Writer) {
	for _, f := range r.server.Org().Faults().NeverFired() {
		_, _ = fmt.Fprintf(stderr, "mocksf: warning: the fault %q was armed and no request met it\n", f.Fault.Name)
	}
	for _, host := range r.server.ProxyRefused() {
		_, _ = fmt.Fprintf(stderr, "mocksf: warning: the proxy refused %s: --allow-host lets a host through\n", host)
	}
	_, _ = fmt.Fprintln(stderr, "mocksf: stopped")
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
