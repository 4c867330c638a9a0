package proxy

import (
	"context"
	"errors"
	"io"
	"log"
	"net/http"

	"github.com/elazarl/goproxy"
)

// Proxy is a forward proxy in front of the fake. It is an http.Handler that
// wants an HTTP/1.1 server; Server makes a fitting one.
type Proxy struct {
	options Options
	allow   []pattern
	engine  *goproxy.ProxyHttpServer

	refusals refusals
	conns    registry
	// closing ends when Close is called, and with it what is being dialled.
	closing context.Context
	cancel  context.CancelFunc
}

// New makes a proxy. An error names the option at fault.
func New(o Options) (*Proxy, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	allow, err := parseAllow(o.Allow)
	if err != nil {
		return nil, err
	}
	p := &Proxy{options: o, allow: allow, conns: registry{open: map[*end]struct{}{}}}
	p.closing, p.cancel = context.WithCancel(context.Background())
	p.engine = p.newEngine()
	return p, nil
}

// silent swallows what is said of broken connections.
var silent = log.New(io.Discard, "", 0)

// newEngine sets every way by which goproxy would reach the network or speak:
// left alone it logs to standard error, takes an upstream proxy from the
// environment, and dials whatever it is asked for.
func (p *Proxy) newEngine() *goproxy.ProxyHttpServer {
	engine := goproxy.NewProxyHttpServer()
	engine.Logger = silent
	engine.Tr = p.newTransport()
	engine.ConnectDial = nil
	engine.ConnectionErrHandler = reportFailure
	engine.KeepAcceptEncoding = true
	engine.OnRequest().DoFunc(p.forwardPlain)
	return engine
}

// ServeHTTP tunnels CONNECT and forwards plain requests in absolute-form to the
// fake or to an allowed host, and refuses every other one.
func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if a, ok := p.admit(w, r); !ok {
		a.write(w)
		return
	}
	if r.Method == http.MethodConnect {
		w = &tunnelWriter{ResponseWriter: w, proxy: p}
	}
	p.engine.ServeHTTP(w, r)
}

var errVersion = errors.New("proxy: this proxy is spoken to in HTTP/1.1")

// admit says whether a request may go on, and what to answer if it may not.
func (p *Proxy) admit(w http.ResponseWriter, r *http.Request) (answer, bool) {
	if _, ok := w.(http.Hijacker); !ok {
		return answer{http.StatusHTTPVersionNotSupported, "http_request_error", errVersion.Error()}, false
	}
	to, err := parseTarget(r)
	if err != nil {
		return malformed(err), false
	}
	if p.route(to) == refused {
		p.refusals.add(to.address())
		return refusal(to), false
	}
	return answer{}, true
}

// maxHeader holds the longest query string that clients send with an assertion in it.
const maxHeader = 256 << 10

// Server is an HTTP server over the proxy with the limits that keep slow and
// greedy clients from holding it up. Closing it leaves the tunnels open: Close
// of the proxy ends them.
func (p *Proxy) Server() *http.Server {
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	return &http.Server{
		Handler: p, Protocols: protocols, ErrorLog: silent, MaxHeaderBytes: maxHeader,
		DisableGeneralOptionsHandler: true,
		ReadHeaderTimeout:            p.options.HeaderTimeout, IdleTimeout: p.options.IdleTimeout,
	}
}

var errClosed = errors.New("proxy: the proxy is closed")

// Close ends all tunnels and what is being dialled, and waits until every
// connection is given up. The proxy opens none afterwards. It returns no error.
func (p *Proxy) Close() error {
	p.cancel()
	p.conns.close()
	return nil
}
