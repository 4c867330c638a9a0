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

// adopt makes an end of the connection, or closes it if the proxy is closed.
func (p *Proxy) adopt(c net.Conn) (*end, error) {
	e := &end{Conn: c, conns: &p.conns, idle: p.options.IdleTimeout, now: p.options.Now}
	if !p.conns.add(e) {
		_ = c.Close()
		return nil, errClosed
	}
	e.touch()
	return e, nil
}

func (r *registry) add(e *end) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return false
	}
	r.open[e] = struct{}{}
	r.users.Add(1)
	return true
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
