package proxy

import (
	"context"
	"net"
	"net/http"
	"sync"
	"time"
)

// goproxy copies the bytes of a tunnel, half-closes included, but leaves three
// things to the connections that it is handed: a time-out for a tunnel whose
// server never hangs up, an end on demand, and the bytes that came in the same
// segment as the CONNECT line. They are added here.

// tunnel is one way through the proxy: the connection to the client, if it is
// a CONNECT, and the one to the server.
type tunnel struct {
	to   target
	idle time.Duration
	now  func() time.Time

	mu   sync.Mutex
	ends []net.Conn
}

func (p *Proxy) newTunnel(to target) *tunnel {
	return &tunnel{to: to, idle: p.options.IdleTimeout, now: p.options.Now}
}

type tunnelKey struct{}

// withTunnel lets goproxy carry the tunnel from the client's end to where the
// server's end is dialled.
func withTunnel(ctx context.Context, t *tunnel) context.Context {
	return context.WithValue(ctx, tunnelKey{}, t)
}

func tunnelOf(r *http.Request) *tunnel {
	t, _ := r.Context().Value(tunnelKey{}).(*tunnel)
	return t
}

// join adds an end to the tunnel.
func (t *tunnel) join(c net.Conn) {
	t.mu.Lock()
	t.ends = append(t.ends, c)
	t.mu.Unlock()
	t.touch()
}

// touch moves the deadlines of all ends: a tunnel is idle only when nothing
// comes either way, so that a long download does not end for want of an upload.
func (t *tunnel) touch() {
	t.mu.Lock()
	defer t.mu.Unlock()
	deadline := t.now().Add(t.idle)
	for _, c := range t.ends {
		// It fails only for a connection that is closed, which the next read says too.
		_ = c.SetDeadline(deadline)
	}
}
