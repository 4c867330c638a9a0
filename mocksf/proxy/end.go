package proxy

import (
	"net"
	"sync"
)

// end is one connection of a tunnel.
type end struct {
	net.Conn
	tunnel *tunnel
	conns  *registry
	// unread came in before the tunnel was set up.
	unread []byte
	once   sync.Once
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
		e.tunnel.touch()
	}
	return n, err
}

// Write writes to the connection.
func (e *end) Write(b []byte) (int, error) {
	n, err := e.Conn.Write(b)
	if n > 0 {
		e.tunnel.touch()
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
