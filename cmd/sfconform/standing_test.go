package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// brokenPipe takes some writes, and is gone then.
type brokenPipe struct {
	bytes.Buffer
	takes int
	err   error
}

func (b *brokenPipe) Write(text []byte) (int, error) {
	if b.takes == 0 {
		return 0, b.err
	}
	b.takes--
	return b.Buffer.Write(text)
}

func TestWhoStopsReadingStopsNothing(t *testing.T) {
	t.Parallel()
	pipe := &brokenPipe{takes: 1, err: fmt.Errorf("write: %w", syscall.EPIPE)}
	r := &reader{to: pipe}
	for i, text := range []string{"one", "two", "three"} {
		if n, err := r.Write([]byte(text)); n != len(text) || err != nil {
			t.Errorf("write %d: %d, %v", i, n, err)
		}
	}
	if pipe.String() != "one" {
		t.Errorf("%q was written", pipe.String())
	}
	full := &reader{to: &brokenPipe{err: syscall.ENOSPC}}
	if _, err := full.Write([]byte("x")); err == nil {
		t.Error("a full disk goes unnoticed")
	}
}

func TestAFileWithoutEndIsNotReadForEver(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/dev/zero"); err != nil {
		t.Skip("there is no file without end here")
	}
	if _, err := readFile("/dev/zero"); err == nil || !strings.Contains(err.Error(), "more than 64 MiB") {
		t.Errorf("error %v", err)
	}
	path := filepath.Join(t.TempDir(), "small")
	if err := os.WriteFile(path, []byte("text"), 0o600); err != nil {
		t.Fatal(err)
	}
	if text, err := readFile(path); err != nil || string(text) != "text" {
		t.Errorf("%q, %v", text, err)
	}
}
