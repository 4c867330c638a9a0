package authority

import (
	"crypto/tls"
	"fmt"
	"net"
	"net/netip"
	"regexp"
	"slices"
	"strings"
)

// permittedDomains are all that a root can vouch for, their subdomains included
// (RFC 5280 section 4.2.1.10). "example" belongs to nobody (RFC 2606): it is where
// tests put the hosts of others.
var permittedDomains = []string{"salesforce.com", "force.com", "salesforce-setup.com", "example", localhost}

// loopback are the addresses that a root can vouch for.
var loopback = []*net.IPNet{
	{IP: net.IPv4(127, 0, 0, 0).To4(), Mask: net.CIDRMask(8, 32)},
	{IP: net.IPv6loopback, Mask: net.CIDRMask(128, 128)},
}

const localhost = "localhost"

// hostForm is a host name in small letters. My Domain names have no underscore,
// but a client that was set up wrongly shall meet the org's answer, not a broken
// handshake.
var hostForm = regexp.MustCompile(`^([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

// subject is whom a leaf is for.
type subject struct {
	names     []string
	addresses []net.IP
}

// key tells subjects apart.
func (s subject) key() string { return fmt.Sprint(s.names, s.addresses) }

// subjectOf reads from a ClientHello whom the client wants to talk to. Without a
// server name that is the address that it connected to, since names of hosts are
// all that SNI can carry (RFC 6066 section 3).
func subjectOf(hello *tls.ClientHelloInfo) (subject, error) {
	name := strings.ToLower(hello.ServerName)
	if name == "" || name == localhost {
		return loopbackSubject(hello.Conn), nil
	}
	if len(name) > 253 || !hostForm.MatchString(name) {
		return subject{}, fmt.Errorf("authority: server name %.260q is no host name", name)
	}
	if !permitted(name) {
		return subject{}, fmt.Errorf("authority: server name %q is outside of %s: call the fake by one of those, "+
			"or serve a certificate of your own with --tls-cert and --tls-key", name, strings.Join(permittedDomains, ", "))
	}
	return subject{names: []string{name}}, nil
}

func permitted(name string) bool {
	return slices.ContainsFunc(permittedDomains, func(domain string) bool {
		return name == domain || strings.HasSuffix(name, "."+domain)
	})
}

// loopbackSubject is this machine, and the loopback address that was dialled if it
// is an unusual one.
func loopbackSubject(conn net.Conn) subject {
	s := subject{names: []string{localhost}, addresses: []net.IP{net.IPv4(127, 0, 0, 1).To4(), net.IPv6loopback}}
	if conn == nil {
		return s
	}
	local, err := netip.ParseAddrPort(conn.LocalAddr().String())
	if err != nil {
		return s // a pipe has no address
	}
	ip := net.IP(local.Addr().Unmap().WithZone("").AsSlice())
	if ip.IsLoopback() && !slices.ContainsFunc(s.addresses, ip.Equal) {
		s.addresses = append(s.addresses, ip)
	}
	return s
}
