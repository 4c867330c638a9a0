package proxy

import (
	"context"
	"errors"
	"net"
	"time"
)

// Options say where the hosts lead to. Only Dial is needed.
type Options struct {
	// Dial opens a connection to the fake as if it were the address, which is
	// host:port with the host in lower case and the port 443 (TLS) or 80 (plain).
	// It returns ErrNoSuchHost for a My Domain that no org has. A connection that
	// has CloseWrite, as *net.TCPConn does, keeps a half-closed tunnel open in the
	// other direction; any other one is closed as a whole.
	Dial func(ctx context.Context, address string) (net.Conn, error)
	// Allow lists the other hosts that are let through for real, at any port:
	// exact names ("example.com") or all names below one ("*.example.com").
	Allow []string
	// DialOut opens a connection to an allowed address; nil means a net.Dialer.
	DialOut func(ctx context.Context, network, address string) (net.Conn, error)
	// IdleTimeout ends a tunnel through which nothing has come either way for so
	// long; 0 means 5 min.
	IdleTimeout time.Duration
	// DialTimeout bounds how long a connection may take to open; 0 means 10 s.
	DialTimeout time.Duration
	// HeaderTimeout bounds how long a client of Server may take to send a request's
	// header; 0 means 10 s.
	HeaderTimeout time.Duration
	// Now is the time that deadlines are reckoned from; nil means time.Now.
	Now func() time.Time
}

const (
	defaultIdleTimeout   = 5 * time.Minute
	defaultDialTimeout   = 10 * time.Second
	defaultHeaderTimeout = 10 * time.Second
)

var (
	errNoDial  = errors.New("proxy: no Dial is set: say how the fake is reached")
	errTimeout = errors.New("proxy: a timeout is negative: IdleTimeout, DialTimeout and HeaderTimeout are positive, or 0 for the default")
)

func (o Options) withDefaults() (Options, error) {
	if o.Dial == nil {
		return o, errNoDial
	}
	if min(o.IdleTimeout, o.DialTimeout, o.HeaderTimeout) < 0 {
		return o, errTimeout
	}
	o.IdleTimeout = orDefault(o.IdleTimeout, defaultIdleTimeout)
	o.DialTimeout = orDefault(o.DialTimeout, defaultDialTimeout)
	o.HeaderTimeout = orDefault(o.HeaderTimeout, defaultHeaderTimeout)
	if o.DialOut == nil {
		o.DialOut = new(net.Dialer).DialContext
	}
	if o.Now == nil {
		o.Now = time.Now //nolint:forbidigo // the one seam: a nil Now means the real time
	}
	return o, nil
}

func orDefault(d, fallback time.Duration) time.Duration {
	if d == 0 {
		return fallback
	}
	return d
}
