package mocksf

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"

	"github.com/sfconform/sfconform/mocksf/exchange"
)

// errUnreadable says that the client broke off or took too long to send its request.
var errUnreadable = errors.New("the request body did not arrive")

// read takes a request off the socket. Only this file sees *http.Request.
func read(r *http.Request) (*exchange.Request, error) {
	most := exchange.MaxBodyOf(plainPath(r.URL.Path))
	body, err := readBody(r, most)
	if err != nil {
		return nil, errors.Join(errUnreadable, err)
	}
	if len(body) <= most && takesCompressed(r.URL.Path) {
		body = inflated(r.Header, body, most)
	}
	x := &exchange.Request{
		Method: r.Method, Path: plainPath(r.URL.Path),
		Header: r.Header, Body: body, Client: clientAddress(r.RemoteAddr),
		Host: exchange.Host{Name: hostName(r.Host), Base: base(r)},
	}
	if len(body) > most {
		x.TooLarge, x.Body = true, body[:most]
	}
	if r.URL.RawQuery != "" {
		x.Query = r.URL.Query()
	}
	return x, nil
}

// plainPath is the path without a final slash: clients send both (client-habits.md).
func plainPath(path string) string {
	if trimmed := strings.TrimRight(path, "/"); trimmed != "" {
		return trimmed
	}
	return "/"
}

// readBody reads up to one byte more than the limit, at once where a usual length is
// announced: room for a deploy is made as its bytes arrive.
func readBody(r *http.Request, most int) ([]byte, error) {
	if n := r.ContentLength; n >= 0 && n <= exchange.MaxBody {
		body := make([]byte, n)
		_, err := io.ReadFull(r.Body, body)
		return body, err
	}
	return io.ReadAll(io.LimitReader(r.Body, int64(most)+1))
}

// base is the address that the client asked, as far as the request shows it.
func base(r *http.Request) string {
	scheme := "http://"
	if r.TLS != nil || salesforceName(hostName(r.Host)) {
		scheme = "https://"
	}
	return scheme + r.Host
}

// hostName is the host in lower case, without port and final dot.
func hostName(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(strings.TrimSuffix(host, "."))
}

// clientAddress is the caller's address; the zero Addr where there is none, as in-process.
func clientAddress(remote string) netip.Addr {
	a, err := netip.ParseAddrPort(remote)
	if err != nil {
		return netip.Addr{}
	}
	return a.Addr().Unmap()
}
