package exchange

import (
	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/snapshot"
)

// InstanceURL is the org's own address, without a trailing slash: the one that the
// host names, else the one that was
// asked if that is this machine's, else its My Domain.
func (r *Request) InstanceURL() string {
	if r.Host.Instance != "" {
		return r.Host.Instance
	}
	if r.Host.Role == Loopback {
		return r.Host.Base
	}
	return "https://" + r.Org.Host
}

// onGenericHost is the reading under which the identity URL names the login host.
var onGenericHost = fixtures.Reading{Switch: "identity-host", Option: "generic"}

// IdentityURL names org and user. Its host is the generic login host (facts:
// section 2), but on this machine the address that was asked: no client must send a
// fake's token to the real service.
func (r *Request) IdentityURL(u *snapshot.User) string {
	base := r.InstanceURL()
	if r.Host.Role != Loopback && r.Org.Answers(onGenericHost) {
		base = "https://" + r.Org.GenericHost()
	}
	return base + "/id/" + r.Org.ID + "/" + u.ID
}
