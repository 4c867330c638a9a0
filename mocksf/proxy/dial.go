package proxy

import (
	"context"
	"errors"
	"net"
)

var errRefused = errors.New("proxy: the host is neither the fake's nor allowed")

// dial opens the connection to a server, for tunnels and plain requests alike.
// The target is judged here once more, so that no way through goproxy leads out.
func (p *Proxy) dial(ctx context.Context, _, address string) (net.Conn, error) {
	to, err := parseAddress(address)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, p.options.DialTimeout)
	defer cancel()
	defer context.AfterFunc(p.closing, cancel)() //nolint:contextcheck // not a parent: Close ends the dial, too
	c, err := p.connect(ctx, to)
	if err != nil {
		return nil, err
	}
	e, err := p.adopt(c)
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
