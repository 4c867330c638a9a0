package authority

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/tls"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/big"
)

// weakBits is below the 1,024 that Go, Java and OpenSSL's lowest security level
// still take, and enough for a PSS signature with SHA-256.
const weakBits = 768

const publicExponent = 65537

// weakSchemes is what a weakKey can sign, and all that its key is long enough for.
var weakSchemes = []tls.SignatureScheme{tls.PSSWithSHA256}

// weakKey is an RSA key that crypto/rsa refuses to make and to use. It protects
// nothing, so that nothing here runs in constant time.
type weakKey struct {
	public  rsa.PublicKey
	private *big.Int
}

func newWeakKey(random io.Reader) (*weakKey, error) {
	one, e := big.NewInt(1), big.NewInt(publicExponent)
	for {
		p, err := rand.Prime(random, weakBits/2)
		if err != nil {
			return nil, fmt.Errorf("authority: make a weak key: %w", err)
		}
		q, err := rand.Prime(random, weakBits/2)
		if err != nil {
			return nil, fmt.Errorf("authority: make a weak key: %w", err)
		}
		phi := new(big.Int).Mul(new(big.Int).Sub(p, one), new(big.Int).Sub(q, one))
		// There is no inverse if e divides phi, and p = q is no RSA key.
		if d := new(big.Int).ModInverse(e, phi); d != nil && p.Cmp(q) != 0 {
			return &weakKey{rsa.PublicKey{N: p.Mul(p, q), E: publicExponent}, d}, nil
		}
	}
}

// Public is the public key, as crypto.Signer has it.
func (k *weakKey) Public() crypto.PublicKey { return &k.public }

// Sign makes an RSASSA-PSS signature with SHA-256 and a salt as long as the digest,
// which is TLS's rsa_pss_rsae_sha256 (RFC 8446 section 4.2.3), and no other.
func (k *weakKey) Sign(random io.Reader, digest []byte, opts crypto.SignerOpts) ([]byte, error) {
	if _, ok := opts.(*rsa.PSSOptions); !ok || opts.HashFunc() != crypto.SHA256 || len(digest) != sha256.Size {
		return nil, errors.New("authority: a weak key signs by RSASSA-PSS with SHA-256 only")
	}
	salt := make([]byte, sha256.Size)
	if _, err := io.ReadFull(random, salt); err != nil {
		return nil, fmt.Errorf("authority: draw a salt: %w", err)
	}
	m := new(big.Int).SetBytes(encodePSS(digest, salt))
	return m.Exp(m, k.private, k.public.N).FillBytes(make([]byte, weakBits/8)), nil
}

// encodePSS is EMSA-PSS-ENCODE (RFC 8017 section 9.1.1), with its names, for a
// modulus of weakBits.
func encodePSS(mHash, salt []byte) []byte {
	prime := append(make([]byte, 8), mHash...)
	h := sha256.Sum256(append(prime, salt...))
	db := make([]byte, weakBits/8-len(h)-1)
	db[len(db)-len(salt)-1] = 1
	copy(db[len(db)-len(salt):], salt)
	for i, mask := range mgf1(h[:], len(db)) {
		db[i] ^= mask
	}
	db[0] &= 0x7f // emBits is one less than the modulus has
	return append(append(db, h[:]...), 0xbc)
}

// mgf1 is the mask generation function of RFC 8017 appendix B.2.1.
func mgf1(seed []byte, length int) []byte {
	var mask []byte
	for counter := uint32(0); len(mask) < length; counter++ {
		block := sha256.Sum256(binary.BigEndian.AppendUint32(append([]byte(nil), seed...), counter))
		mask = append(mask, block[:]...)
	}
	return mask[:length]
}
