package proxy

import (
	"net"
	"sync"
	"time"
)

// end is one connection of the proxy, to a client's tunnel or to a server.
//
// goproxy copies the bytes between two ends, half-closes included, but leaves
// three things to the connections that it is handed: a time-out for a tunnel
// whose server never hangs up, an end on demand, and the bytes that came in the
// same segment as the CONNECT line. An end adds them.
type end struct {
	net.Conn
	conns *registry
	idle  time.Duration
	now   func() time.Time
	// unread came in before the tunnel was set up.
	unread []byte
	once   sync.Once
}

// touch puts the deadline off. What passes through a tunnel is read at one end
// and written at the other, so that both know of it, whichever way it goes.
func (e *end) touch() {
	// It fails only for a connection that is closed, which the next read says too.
	_ = e.SetDeadline(e.now().Add(e.idle))
}

// Read reads what came first, then from the connection.
func (e *end) Read(b []byte) (int, error) {
	if len(e.unread) > 0 {
		n := copy(b, e.unread)
		e.unread = e.unread[n:]
		return n, nil
	}
	n, err := e.Conn.Read(b)
	if n > 0 {
		e.touch()
	}
	return n, err
}

// Write writes to the connection.
func (e *end) Write(b []byte) (int, error) {
	n, err := e.Conn.Write(b)
	if n > 0 {
		e.touch()
	}
	return n, err
}

// CloseWrite tells the peer that nothing more comes. A connection that cannot
// say so by itself is closed as a whole: the peer would wait in vain.
func (e *end) CloseWrite() error {
	if half, ok := e.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return e.Conn.Close()
}

// CloseRead does nothing: goproxy calls it when all has been read.
func (e *end) CloseRead() error { return nil }

// Close gives the connection up.
func (e *end) Close() error {
	err := e.Conn.Close()
	e.once.Do(func() { e.conns.forget(e) })
	return err
}
