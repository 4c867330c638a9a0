package scenario

import (
	"crypto/tls"

	"github.com/sfconform/sfconform/mocksf/authority"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/stage"
)

// The scenarios about TLS that judges ask for by name.
const (
	UntrustedLogin    = "login-host-with-an-untrusted-certificate"
	UntrustedInstance = "instance-host-with-an-untrusted-certificate"
	WrongNameLogin    = "login-host-with-another-hosts-certificate"
	ExpiredLogin      = "login-host-with-an-expired-certificate"
	OldTLS            = "login-host-with-tls-1.0-only"
	TLS12             = "hosts-with-tls-1.2-only"
	TLS13             = "hosts-with-tls-1.3-only"
	NewCertificate    = "certificate-is-renewed-in-mid-work"
)

// CertificateRenewed is the mark of a new certificate.
const CertificateRenewed = "certificate-renewed"

// transport are the situations of TLS. Nothing is ever to arrive where a certificate
// is wrong.
func transport() []Scenario {
	faulty := func(name, title string, r evidence.Role, f authority.Fault) Scenario {
		return Scenario{Name: name, Title: title, Want: Fail, World: func(o *stage.Options) {
			o.TLSFaults = map[evidence.Role]authority.Fault{r: f}
		}}
	}
	only := func(name, title string, version uint16) Scenario {
		return Scenario{Name: name, Title: title, Want: Succeed, World: func(o *stage.Options) { o.TLSVersion = version }}
	}
	return []Scenario{
		faulty(UntrustedLogin, "Nobody trusted has signed the certificate of the login host.", evidence.Token, authority.UnknownAuthority),
		faulty(UntrustedInstance, "Nobody trusted has signed the certificate of the instance host.", evidence.Instance, authority.UnknownAuthority),
		faulty(WrongNameLogin, "The certificate of the login host is another host's.", evidence.Token, authority.WrongHost),
		faulty(ExpiredLogin, "The certificate of the login host has expired.", evidence.Token, authority.Expired),
		faulty(OldTLS, "The login host speaks TLS 1.0 and nothing newer.", evidence.Token, authority.TLS10Only),
		only(TLS12, "All hosts speak TLS 1.2 and nothing else.", tls.VersionTLS12),
		only(TLS13, "All hosts speak TLS 1.3 and nothing else.", tls.VersionTLS13),
		{
			Name: NewCertificate, Title: "The certificate of the instance host is renewed in the middle of a query.", Want: Succeed,
			Play: func(s *stage.Stage) {
				first := stage.When{Kind: evidence.APICall, Fits: answered}.Nth(1)
				s.Alter("the connection ends", stage.When{Kind: evidence.APICall}.Nth(1), func(a *stage.Answer) { a.Header.Set("Connection", "close") })
				s.After(first, func(*evidence.Exchange) {
					s.RenewCertificates()
					s.Mark(CertificateRenewed)
				})
			},
		},
	}
}
