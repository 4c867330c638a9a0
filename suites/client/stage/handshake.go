package stage

import (
	"crypto/tls"
	"net"
	"net/http"
	"strings"

	"github.com/sfconform/sfconform/mocksf/authority"
	"github.com/sfconform/sfconform/suites/client/evidence"
)

// tlsConfig serves a role's certificate, or the fault that the scenario wants, and
// notes every handshake. HTTP/1.1 alone is offered: faults break connections, and
// each shall hit one exchange.
func (s *Stage) tlsConfig(r evidence.Role) *tls.Config {
	fault := s.options.TLSFaults[r]
	config := s.options.Keys.authority.Config(fault)
	config.NextProtos = []string{"http/1.1"}
	if v := s.options.TLSVersion; v != 0 {
		config.MinVersion, config.MaxVersion = v, v
	}
	before := config.GetConfigForClient
	config.GetConfigForClient = func(hello *tls.ClientHelloInfo) (*tls.Config, error) {
		s.offered(hello, fault)
		if before == nil {
			return nil, nil
		}
		return before(hello)
	}
	return config
}

// RenewCertificates has every later handshake meet a new certificate of the same
// authority.
func (s *Stage) RenewCertificates() { s.options.Keys.authority.Renew() }

// mostHandshakes is how many connections are kept: a flood of them must not cost memory.
const mostHandshakes = 2000

// connection numbers a new connection.
func (s *Stage) connection(r evidence.Role, c net.Conn) int {
	number := int(s.connections.Add(1))
	s.mu.Lock()
	defer s.mu.Unlock()
	peer := c.RemoteAddr().String()
	if len(s.handshakes) == mostHandshakes {
		delete(s.peers, peer)
		return number
	}
	s.peers[peer] = len(s.handshakes)
	s.handshakes = append(s.handshakes, evidence.Handshake{Connection: number, Role: r, At: s.options.Now(), Peer: peer})
	return number
}

func (s *Stage) offered(hello *tls.ClientHelloInfo, fault authority.Fault) {
	s.atHandshake(hello.Conn.RemoteAddr().String(), func(h *evidence.Handshake) {
		h.Offered, h.ServerName, h.Fault = hello.SupportedVersions, hello.ServerName, string(fault)
	})
}

// connState notes that a connection carries a request: whatever TLS there is, the
// client went on with it. One that has become idle is closed if the scenario says so.
func (s *Stage) connState(c net.Conn, state http.ConnState) {
	switch {
	case state == http.StateActive:
		s.atHandshake(c.RemoteAddr().String(), func(h *evidence.Handshake) { h.Completed = true })
	case state == http.StateIdle && s.options.CloseIdle:
		// What the client makes of it is what is looked at.
		_ = c.Close()
	}
}

// atHandshake alters the newest handshake of a peer.
func (s *Stage) atHandshake(peer string, do func(*evidence.Handshake)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if i, known := s.peers[peer]; known {
		do(&s.handshakes[i])
	}
}

// handshakeErrors reads what net/http says of handshakes that failed, which is the
// one place where it tells.
type handshakeErrors struct{ stage *Stage }

// Write implements io.Writer.
func (e handshakeErrors) Write(line []byte) (int, error) {
	_, rest, found := strings.Cut(strings.TrimSpace(string(line)), "TLS handshake error from ")
	if peer, problem, ok := strings.Cut(rest, ": "); found && ok {
		e.stage.atHandshake(peer, func(h *evidence.Handshake) { h.Err = problem })
	}
	return len(line), nil
}
