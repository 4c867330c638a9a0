package authority

import (
	"crypto/tls"
	"fmt"
	"strings"
	"time"

	"github.com/sfconform/sfconform/fixtures/spell"
)

// Fault is what is deliberately wrong with the TLS that is served. A client that
// completes a request against one of them has failed.
type Fault string

// The faults. Each is wrong in the one thing that it is named for and in no other.
const (
	// Expired is a leaf that ended an hour ago.
	Expired Fault = "expired"
	// NotYetValid is a leaf that begins the day after tomorrow.
	NotYetValid Fault = "not-yet-valid"
	// WrongHost is a trusted leaf for another host.
	WrongHost Fault = "wrong-host"
	// UnknownAuthority is a whole chain below a root that nobody was given.
	UnknownAuthority Fault = "unknown-authority"
	// SelfSigned is a leaf that stands below nobody.
	SelfSigned Fault = "self-signed"
	// MissingIntermediate is the right leaf, sent alone.
	MissingIntermediate Fault = "missing-intermediate"
	// WeakKey is a trusted leaf with an RSA key of 768 bits.
	WeakKey Fault = "weak-key"
	// TLS10Only is the right certificate over TLS 1.0 and nothing newer.
	TLS10Only Fault = "tls-1.0-only"
)

// otherHost is the permitted name that no client calls an org by.
const otherHost = "wrong-host.salesforce-setup.com"

// recipe makes the certificate that is served.
type recipe func(*Authority, subject) (*tls.Certificate, error)

// recipes are the faults in the order in which they are listed.
var recipes = []struct {
	fault Fault
	make  recipe
}{
	{Expired, func(a *Authority, s subject) (*tls.Certificate, error) {
		return a.own.leaf(s, a.shifted(-leafLife-leafSkew))
	}},
	{NotYetValid, func(a *Authority, s subject) (*tls.Certificate, error) {
		return a.own.leaf(s, a.shifted(2*leafLife))
	}},
	{WrongHost, func(a *Authority, _ subject) (*tls.Certificate, error) {
		return a.own.leaf(subject{names: []string{otherHost}}, usual(a.now()))
	}},
	{UnknownAuthority, func(a *Authority, s subject) (*tls.Certificate, error) {
		stranger, err := a.stranger()
		if err != nil {
			return nil, err
		}
		return stranger.leaf(s, usual(a.now()))
	}},
	{SelfSigned, func(a *Authority, s subject) (*tls.Certificate, error) {
		return a.own.selfSigned(s, usual(a.now()))
	}},
	{MissingIntermediate, func(a *Authority, s subject) (*tls.Certificate, error) {
		leaf, err := right(a, s)
		if err == nil {
			leaf.Certificate = leaf.Certificate[:1]
		}
		return leaf, err
	}},
	{WeakKey, func(a *Authority, s subject) (*tls.Certificate, error) {
		key, err := a.weak()
		if err != nil {
			return nil, err
		}
		leaf, err := a.own.certify(s, usual(a.now()), key)
		if err == nil {
			leaf.SupportedSignatureAlgorithms = weakSchemes
		}
		return leaf, err
	}},
	{TLS10Only, right},
}

func right(a *Authority, s subject) (*tls.Certificate, error) {
	return a.own.leaf(s, usual(a.now()))
}

// shifted is the usual validity at another time than now.
func (a *Authority) shifted(d time.Duration) validity { return usual(a.now().Add(d)) }

// Faults lists the faults.
func Faults() []Fault {
	faults := make([]Fault, len(recipes))
	for i, r := range recipes {
		faults[i] = r.fault
	}
	return faults
}

// Values lists the names of the faults.
func (Fault) Values() []string {
	names := make([]string, len(recipes))
	for i, r := range recipes {
		names[i] = string(r.fault)
	}
	return names
}

// Check says why the authority cannot serve a fault: there is none of that name, or
// it would have to be signed and the authority was loaded. "" stands for no fault.
func (a *Authority) Check(f Fault) error {
	_, err := a.recipe(f)
	return err
}

func (a *Authority) recipe(f Fault) (recipe, error) {
	if f == "" {
		return right, nil
	}
	for _, r := range recipes {
		switch {
		case r.fault != f:
		case a.own == nil && f != TLS10Only:
			return nil, fmt.Errorf("authority: TLS fault %q: a certificate of one's own can only show %q: "+
				"leave --tls-cert and --tls-key out", f, TLS10Only)
		default:
			return r.make, nil
		}
	}
	if near := spell.Nearest(string(f), f.Values()); near != "" {
		return nil, fmt.Errorf("authority: unknown TLS fault %.60q: did you mean %q?", f, near)
	}
	return nil, fmt.Errorf("authority: unknown TLS fault %.60q: known are %s", f, strings.Join(f.Values(), ", "))
}
