package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
)

// endings are the signals that end the program in good order: reports are written, and
// nothing is left behind. A hang-up that was to be ignored, as nohup has it, stays so.
func endings() []os.Signal {
	ends := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		ends = append(ends, syscall.SIGHUP)
	}
	return ends
}

// outliveReaders has writes to a closed pipe fail, where the signal would end the program
// with its work half done and its clients running. Programs that it starts get the signal.
func outliveReaders() { signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE) }

// toReader is a stream that somebody may stop reading, as "head" does: from then on
// nothing is written, and the program ends by its verdict. A terminal stays what it is.
func toReader(f *os.File) io.Writer {
	if isTerminal(f) {
		return f
	}
	return &reader{to: f}
}

type reader struct {
	to   io.Writer
	gone atomic.Bool
}

// Write takes everything once the reader has gone.
func (r *reader) Write(text []byte) (int, error) {
	if r.gone.Load() {
		return len(text), nil
	}
	n, err := r.to.Write(text)
	if errors.Is(err, syscall.EPIPE) {
		r.gone.Store(true)
		return len(text), nil
	}
	return n, err
}

// mostRead bounds a file that a flag names: no such file is larger, and some that are
// no files have no end.
const mostRead = 64 << 20

// readFile reads a file of up to mostRead bytes.
func readFile(path string) ([]byte, error) {
	f, err := os.Open(path) //nolint:gosec // the path is the user's own
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	text, err := io.ReadAll(io.LimitReader(f, mostRead+1))
	if err == nil && len(text) > mostRead {
		err = fmt.Errorf("read %s: it has more than %d MiB, the most that is read", path, mostRead>>20)
	}
	return text, err
}
