package session

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"sync/atomic"
	"time"

	"github.com/sfconform/sfconform/mocksf/snapshot"
)

// Session is what an access token stands for.
type Session struct {
	// ID tells sessions apart; it is not secret and is not the token.
	ID [12]byte
	// UserID is the user's 15-character id.
	UserID string
	// App is the API name's hash, as AppHash makes it.
	App uint64
	// Order counts the org's sessions from 1. It wraps after four billion tokens.
	Order    uint32
	IssuedAt time.Time
	// Timeout is the inactivity after which the session ends; for a JWT-format
	// token the fixed life from IssuedAt.
	Timeout time.Duration
	Scopes  []string
	// JWT says that the token is in JWT format.
	JWT bool
}

// Has says whether the session has one of the scopes.
func (x Session) Has(scopes ...string) bool {
	return slices.ContainsFunc(x.Scopes, func(have string) bool { return slices.Contains(scopes, have) })
}

// Store issues and judges the tokens of one org.
type Store struct {
	orgID string
	seal  cipher.AEAD
	mix   cipher.Block
	count atomic.Uint64
	news  news
	// grants counts the codes and refresh tokens that were issued.
	grants    atomic.Uint64
	codes     codes
	approvals approvals
}

// NewStore makes the store of the org with the 18-character id. The same seed and
// id give the same tokens in the same order.
func NewStore(orgID string, seed uint64) *Store {
	material := binary.BigEndian.AppendUint64([]byte("sfconform access tokens "+orgID+" "), seed)
	sum := sha256.Sum256(material)
	return &Store{
		orgID: orgID[:15], seal: newGCM(sum[:16]), mix: newAES(sum[16:]),
		news:      news{revoked: newMemory(), used: newMemory(), cut: map[string]uint32{}},
		codes:     codes{byCode: map[string]*grantedCode{}},
		approvals: approvals{byToken: map[string]*approval{}, byOwner: map[owner][]*approval{}},
	}
}

func newAES(key []byte) cipher.Block {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic("session: the key has a wrong size: " + err.Error())
	}
	return block
}

func newGCM(key []byte) cipher.AEAD {
	gcm, err := cipher.NewGCM(newAES(key))
	if err != nil {
		panic("session: " + err.Error())
	}
	return gcm
}

// New is a session of the user in the app, from now on.
func (s *Store) New(app *snapshot.App, user *snapshot.User, scopes []string, timeout time.Duration, now time.Time) Session {
	n := s.count.Add(1)
	return Session{
		ID: s.spread(n), UserID: user.ID[:15], App: AppHash(app.Name), Order: uint32(n),
		IssuedAt: now, Timeout: timeout, Scopes: scopes,
	}
}

// spread makes an id of a number: unique, and evenly spread like a random one.
func (s *Store) spread(n uint64) (id [12]byte) {
	var block [16]byte
	binary.BigEndian.PutUint64(block[:], n)
	s.mix.Encrypt(block[:], block[:])
	copy(id[:], block[:])
	return id
}
