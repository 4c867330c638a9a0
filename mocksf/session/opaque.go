package session

import (
	"encoding/base64"
	"encoding/binary"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"github.com/sfconform/sfconform/fixtures"
)

// An opaque token is the organization id (15), "!AQ" and 94 characters of
// [A-Za-z0-9._], 112 in all (facts: section 2). The 94 characters are 70 bytes:
// the id (12), which serves as nonce, and the encrypted payload (42) with its tag (16).
const (
	marker      = "!AQ"
	payloadSize = 42
)

// The payload: what a Session holds, at these offsets.
const (
	atUser    = 0  // 12 characters behind "005"
	atApp     = 12 // 8 bytes
	atOrder   = 20 // 4 bytes
	atScopes  = 24 // 8 bytes
	atIssued  = 32 // 6 bytes: milliseconds since 1970
	atTimeout = 38 // 4 bytes: seconds
)

var alphabet = base64.NewEncoding("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._").WithPadding(base64.NoPadding).Strict()

// Opaque is the session's token in opaque form.
func (s *Store) Opaque(x Session) string {
	var plain [payloadSize + 2]byte // two bytes more, so that eight can be written at atIssued
	binary.BigEndian.PutUint64(plain[atIssued:], uint64(x.IssuedAt.UnixMilli())<<16)
	copy(plain[atUser:], x.UserID[3:15])
	binary.BigEndian.PutUint64(plain[atApp:], x.App)
	binary.BigEndian.PutUint32(plain[atOrder:], x.Order)
	binary.BigEndian.PutUint64(plain[atScopes:], scopeBits(x.Scopes))
	binary.BigEndian.PutUint32(plain[atTimeout:], uint32(x.Timeout/time.Second))
	sealed := make([]byte, 12, 12+payloadSize+s.seal.Overhead())
	copy(sealed, x.ID[:])
	sealed = s.seal.Seal(sealed, x.ID[:], plain[:payloadSize], []byte(s.orgID))

	token := make([]byte, 0, 112)
	token = append(token, s.orgID...)
	token = append(token, marker...)
	return string(alphabet.AppendEncode(token, sealed))
}

// openOpaque is the session of an opaque token of this org.
func (s *Store) openOpaque(token string) (Session, bool) {
	body, ok := strings.CutPrefix(token, s.orgID+marker)
	if !ok {
		return Session{}, false
	}
	sealed, err := alphabet.DecodeString(body)
	if err != nil || len(sealed) != 12+payloadSize+s.seal.Overhead() {
		return Session{}, false
	}
	plain, err := s.seal.Open(nil, sealed[:12], sealed[12:], []byte(s.orgID))
	if err != nil {
		return Session{}, false
	}
	issued := binary.BigEndian.Uint64(append([]byte{0, 0}, plain[atIssued:atTimeout]...))
	x := Session{
		UserID:   "005" + string(plain[atUser:atApp]),
		App:      binary.BigEndian.Uint64(plain[atApp:]),
		Order:    binary.BigEndian.Uint32(plain[atOrder:]),
		Scopes:   scopeNames(binary.BigEndian.Uint64(plain[atScopes:])),
		IssuedAt: time.UnixMilli(int64(issued)),
		Timeout:  time.Duration(binary.BigEndian.Uint32(plain[atTimeout:])) * time.Second,
	}
	copy(x.ID[:], sealed)
	return x, true
}

// AppHash is how a token names its app.
func AppHash(name string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(name))
	return h.Sum64()
}

// scopeBits keeps the scopes that Salesforce knows; a custom scope opens no API of the fake.
func scopeBits(scopes []string) (bits uint64) {
	for i, known := range fixtures.Scopes {
		if slices.Contains(scopes, known.Name) {
			bits |= 1 << i
		}
	}
	return bits
}

func scopeNames(bits uint64) []string {
	var names []string
	for i, known := range fixtures.Scopes {
		if bits&(1<<i) != 0 {
			names = append(names, known.Name)
		}
	}
	return names
}
