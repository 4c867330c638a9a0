package proxy

import (
	"context"
	"errors"
	"net"
)

var errRefused = errors.New("proxy: the host is neither the fake's nor allowed")

// dial opens the server's end of the tunnel. The target is judged here once
// more, so that no way through goproxy leads out.
func (p *Proxy) dial(ctx context.Context, t *tunnel) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, p.options.DialTimeout)
	defer cancel()
	defer context.AfterFunc(p.closing, cancel)() //nolint:contextcheck // not a parent: Close ends the dial, too
	c, err := p.connect(ctx, t.to)
	if err != nil {
		return nil, err
	}
	e, err := p.conns.adopt(c, t)
	if err != nil {
		return nil, err
	}
	return e, nil
}

func (p *Proxy) connect(ctx context.Context, to target) (net.Conn, error) {
	switch p.route(to) {
	case toFake:
		return p.options.Dial(ctx, to.address())
	case toOutside:
		return p.options.DialOut(ctx, "tcp", to.address())
	default:
		return nil, errRefused
	}
}
