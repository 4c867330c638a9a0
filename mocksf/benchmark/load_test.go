package benchmark_test

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"net"
	"os"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// load is a request that is sent over and over on kept-alive connections. The
// client side is kept lean, so that the server's share of the cost is large.
type load struct {
	addr string
	// tls is how the client speaks TLS; nil means plain HTTP.
	tls *tls.Config
	// next is the bytes of the n-th request.
	next func(n int) []byte
}

const connections = 4

// TestMain gives the collector the setting that cmd/mocksf gives it; the floors
// run under the same one.
func TestMain(m *testing.M) {
	debug.SetGCPercent(400)
	os.Exit(m.Run())
}

// run sends requests for about the duration and returns how many were answered per second.
func (l load) run(b *testing.B, requests int) float64 {
	b.Helper()
	var wg sync.WaitGroup
	errs := make(chan error, connections)
	start := time.Now()
	for c := range connections {
		wg.Go(func() {
			if err := l.drive(c, requests/connections); err != nil {
				errs <- err
			}
		})
	}
	wg.Wait()
	elapsed := time.Since(start)
	select {
	case err := <-errs:
		b.Fatal(err)
	default:
	}
	return float64(requests) / elapsed.Seconds()
}

func (l load) drive(first, requests int) error {
	conn, err := l.dial()
	if err != nil {
		return err
	}
	defer conn.Close()
	answers := bufio.NewReader(conn)
	for n := range requests {
		if _, err := conn.Write(l.next(first + n*connections)); err != nil {
			return err
		}
		if err := skipAnswer(answers); err != nil {
			return err
		}
	}
	return nil
}

func (l load) dial() (net.Conn, error) {
	if l.tls == nil {
		return net.Dial("tcp", l.addr)
	}
	return tls.Dial("tcp", l.addr, l.tls)
}

// skipAnswer reads one answer with a Content-Length and checks its status: the
// least that a client can do.
func skipAnswer(answers *bufio.Reader) error {
	line, err := answers.ReadSlice('\n')
	if err != nil {
		return err
	}
	if !bytes.HasPrefix(line, []byte("HTTP/1.1 200 ")) {
		return &statusError{strings.TrimSpace(string(line))}
	}
	length := 0
	for len(bytes.TrimSpace(line)) > 0 {
		if line, err = answers.ReadSlice('\n'); err != nil {
			return err
		}
		if value, ok := bytes.CutPrefix(line, []byte("Content-Length: ")); ok {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return err
			}
		}
	}
	_, err = answers.Discard(length)
	return err
}

type statusError struct{ status string }

func (e *statusError) Error() string { return "benchmark: a request was answered with " + e.status }

// compare runs two loads by turns and reports the median of their ratios, so that
// what else the machine does meets both alike.
func compare(b *testing.B, fake, floor load) {
	b.Helper()
	const rounds, requests = 9, 4000
	fake.run(b, requests)
	floor.run(b, requests)
	var ratios []float64
	for range rounds {
		ratios = append(ratios, fake.run(b, requests)/floor.run(b, requests))
	}
	slices.Sort(ratios)
	b.ReportMetric(ratios[rounds/2], "of-floor")
	b.ReportMetric(0, "ns/op")
}
