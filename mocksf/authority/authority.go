package authority

import (
	"crypto"
	"crypto/rand"
	"crypto/tls"
	"io"
	"sync"
	"time"
)

// Options are the seams of an authority. The zero value is ready for use.
type Options struct {
	// Now is the time by which certificates are made; nil means time.Now. Clients
	// judge validity by their own clock, so it is the real time and no virtual one.
	Now func() time.Time
	// Rand is where serial numbers come from, and keys as far as the standard
	// library lets one choose; nil means crypto/rand.
	Rand io.Reader
}

// Authority makes the certificates that the fake serves. All of its methods may
// be called concurrently. Its keys are nowhere but in memory.
type Authority struct {
	now  func() time.Time
	rand io.Reader
	// own is the chain that clients trust; nil after Load.
	own *chain
	// loaded is the one certificate that is served after Load.
	loaded *tls.Certificate
	pem    []byte
	// stranger is a chain that nobody trusts. It and weak are made when they are
	// first called for, to keep New fast.
	stranger func() (*chain, error)
	weak     func() (crypto.Signer, error)
	leaves   *cache
}

// New makes an authority afresh: a root and an intermediate, both ECDSA P-256 and
// valid for a week, the root constrained to Salesforce's domains and loopback. It
// takes well under a millisecond. The error is one of Rand.
func New(o Options) (*Authority, error) {
	a := empty(o)
	own, err := newChain(a.rand, a.now())
	if err != nil {
		return nil, err
	}
	a.own, a.pem = own, encode(own.root.Raw)
	return a, nil
}

// empty resolves the seams. The authority that it gives has nothing to serve yet.
func empty(o Options) *Authority {
	a := &Authority{now: o.Now, rand: o.Rand, leaves: newCache()}
	if a.now == nil {
		a.now = time.Now //nolint:forbidigo // the one seam: a nil Now means the real time
	}
	if a.rand == nil {
		a.rand = rand.Reader
	}
	a.stranger = sync.OnceValues(func() (*chain, error) { return newChain(a.rand, a.now()) })
	a.weak = sync.OnceValues(func() (crypto.Signer, error) { return newWeakKey(a.rand) })
	return a
}

// Renew has every later handshake meet a certificate with a new key, as if all had
// been renewed: a client that trusts the root goes on, one that pins a leaf does not.
// After Load there is one certificate, which stays.
func (a *Authority) Renew() { a.leaves.forget() }

// PEM is the root's certificate, for clients to trust. After Load it is what the
// file held beyond the first certificate, and empty if that was all.
func (a *Authority) PEM() []byte { return append([]byte(nil), a.pem...) }
