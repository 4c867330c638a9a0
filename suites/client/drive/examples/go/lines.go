package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
)

// message is a request, or asks to cancel one.
type message struct {
	ID     int               `json:"id"`
	Env    map[string]string `json:"env"`
	Cancel int               `json:"cancel"`
}

// answer is what is said of a request.
type answer struct {
	ID          int    `json:"id"`
	OK          bool   `json:"ok"`
	Error       string `json:"error,omitempty"`
	Unsupported bool   `json:"unsupported,omitempty"`
	Records     int    `json:"records"`
}

// server works on requests side by side.
type server struct {
	group sync.WaitGroup

	mu      sync.Mutex
	out     *json.Encoder
	cancels map[int]context.CancelFunc
}

// serve works on what stdin asks for until its end.
func serve(ctx context.Context, stdin io.Reader, stdout io.Writer) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s := &server{out: json.NewEncoder(stdout), cancels: map[int]context.CancelFunc{}}
	lines := bufio.NewScanner(stdin)
	lines.Buffer(nil, 1<<20)
	ended := make(chan error, 1)
	go func() {
		for lines.Scan() {
			s.take(ctx, lines.Bytes())
		}
		s.group.Wait()
		ended <- lines.Err()
	}()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done(): // SIGTERM: at once
		return nil
	}
}

func (s *server) take(ctx context.Context, line []byte) {
	var m message
	if err := json.Unmarshal(line, &m); err != nil {
		s.say(answer{Error: fmt.Sprintf("no request: %v", err)})
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if m.Cancel != 0 {
		if cancel := s.cancels[m.Cancel]; cancel != nil {
			cancel()
		}
		return
	}
	ctx, cancel := context.WithCancel(ctx)
	s.cancels[m.ID] = cancel
	s.group.Go(func() {
		defer cancel()
		records, err := work(ctx, func(name string) string { return m.Env[name] })
		a := answer{ID: m.ID, OK: err == nil, Records: records, Unsupported: errors.Is(err, errUnsupported)}
		if err != nil {
			a.Error = err.Error()
		}
		s.say(a)
	})
}

func (s *server) say(a answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.cancels, a.ID)
	_ = s.out.Encode(a)
}
