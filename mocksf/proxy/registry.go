package proxy

import (
	"net"
	"sync"
)

// registry knows all open connections.
type registry struct {
	mu     sync.Mutex
	closed bool
	open   map[*end]struct{}
	users  sync.WaitGroup
}

// adopt makes a connection an end of the tunnel, or closes it if the proxy is closed.
func (r *registry) adopt(c net.Conn, t *tunnel) (*end, error) {
	e := &end{Conn: c, tunnel: t, conns: r}
	r.mu.Lock()
	if r.closed {
		r.mu.Unlock()
		_ = c.Close()
		return nil, errClosed
	}
	r.open[e] = struct{}{}
	r.users.Add(1)
	r.mu.Unlock()
	t.join(c)
	return e, nil
}

func (r *registry) forget(e *end) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.open, e)
	r.users.Done()
}

// close cuts the connections under their users and waits until these, having
// seen it, let go.
func (r *registry) close() {
	r.mu.Lock()
	r.closed = true
	for e := range r.open {
		_ = e.Conn.Close()
	}
	r.mu.Unlock()
	r.users.Wait()
}
