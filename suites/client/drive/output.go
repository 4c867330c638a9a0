package drive

import (
	"os"
	"sync"
	"time"

	"github.com/sfconform/sfconform/suites/client/evidence"
)

const (
	// maxHead and maxTail are how much is kept of what a client writes, in bytes.
	maxHead = 2 << 20
	maxTail = 1 << 20
	// readSize is how much is read at a time: what a pipe of Linux holds (pipe(7)).
	readSize = 64 << 10
)

// kept is the beginning and the end of a stream of any length.
type kept struct {
	head, ring []byte
	// next is where in the full ring the oldest byte is.
	next  int
	total int64
}

func (k *kept) write(p []byte) {
	k.total += int64(len(p))
	n := min(len(p), maxHead-len(k.head))
	k.head, p = append(k.head, p[:n]...), p[n:]
	if len(p) >= maxTail {
		k.ring, k.next = append(k.ring[:0], p[len(p)-maxTail:]...), 0
		return
	}
	n = min(len(p), maxTail-len(k.ring))
	k.ring, p = append(k.ring, p[:n]...), p[n:]
	for len(p) > 0 {
		n = copy(k.ring[k.next:], p)
		k.next, p = (k.next+n)%maxTail, p[n:]
	}
}

func (k *kept) output() evidence.Output {
	o := evidence.Output{Head: k.head, Total: k.total}
	if len(k.ring) > 0 {
		o.Tail = append(append([]byte{}, k.ring[k.next:]...), k.ring[:k.next]...)
	}
	return o
}

// stream reads what a process writes, at full speed and in bounded memory.
type stream struct {
	from *os.File
	// also is given all that is read; it may be nil.
	also func([]byte)
	done chan struct{}

	mu   sync.Mutex
	kept kept
}

// newStream gives the end of a pipe for the process to write to.
func newStream(also func([]byte)) (*stream, *os.File, error) {
	from, to, err := os.Pipe()
	if err != nil {
		return nil, nil, err
	}
	s := &stream{from: from, also: also, done: make(chan struct{})}
	go s.read()
	return s, to, nil
}

func (s *stream) read() {
	defer close(s.done)
	buffer := make([]byte, readSize)
	for {
		n, err := s.from.Read(buffer)
		s.take(buffer[:n])
		if err != nil {
			return
		}
	}
}

func (s *stream) take(p []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept.write(p)
	if s.also != nil && len(p) > 0 {
		s.also(p)
	}
}

// end waits for the end of the stream, until late, and gives up reading then: a
// process that could not be found may hold the pipe for ever.
func (s *stream) end(late <-chan time.Time) {
	select {
	case <-s.done:
	case <-late:
	}
	_ = s.from.Close()
}

// output is what has been read. After end nothing is added that matters.
func (s *stream) output() evidence.Output {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.kept.output()
}

// merged are the values of the CHECK lines that the stream has fed.
func (s *stream) merged(c *checkLines) map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	return c.merged()
}
