package session

import (
	"encoding/binary"
	"sync"
	"time"
)

// Grant is what a user allowed an app at the authorize endpoint.
type Grant struct {
	// App is the API name's hash, as AppHash makes it.
	App uint64
	// UserID is the user's 15-character id.
	UserID string
	Scopes []string
	// RedirectURI is the one that the authorization request named.
	RedirectURI string
	// Challenge is the code_challenge (RFC 7636, S256); empty if there was none.
	Challenge string
	// Nonce goes into the ID token; empty if there was none.
	Nonce    string
	IssuedAt time.Time
}

// CodeLifetime is how long an authorization code is good (Help
// remoteaccess_oauth_web_server_flow: 15 minutes).
const CodeLifetime = 15 * time.Minute

// maxCodes bounds the codes that are remembered; beyond that the oldest is forgotten,
// and is then as unknown as one that never was.
const maxCodes = 1 << 12

// codes remembers the authorization codes of an org, used or not.
type codes struct {
	mu     sync.Mutex
	byCode map[string]*grantedCode
	oldest []string
}

type grantedCode struct {
	grant Grant
	used  bool
}

// codePrefix is how Salesforce's authorization codes begin.
const codePrefix = "aPrx"

// NewCode is an authorization code for the grant.
func (s *Store) NewCode(g Grant) string {
	code := codePrefix + alphabet.EncodeToString(s.secret(s.grants.Add(1))) + "=="
	k := &s.codes
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.oldest) == maxCodes {
		delete(k.byCode, k.oldest[0])
		k.oldest = k.oldest[1:]
	}
	k.byCode[code], k.oldest = &grantedCode{grant: g}, append(k.oldest, code)
	return code
}

// Code is the grant behind an authorization code, used or not; false if the org
// did not issue it.
func (s *Store) Code(code string) (Grant, bool) {
	s.codes.mu.Lock()
	defer s.codes.mu.Unlock()
	if c := s.codes.byCode[code]; c != nil {
		return c.grant, true
	}
	return Grant{}, false
}

// UseCode uses an authorization code up and says whether it was the first time.
func (s *Store) UseCode(code string) bool {
	s.codes.mu.Lock()
	defer s.codes.mu.Unlock()
	c := s.codes.byCode[code]
	if c == nil || c.used {
		return false
	}
	c.used = true
	return true
}

// secret makes 48 bytes of a number that nobody can foretell without the org's key.
func (s *Store) secret(n uint64) []byte {
	out := make([]byte, 48)
	for i := range 3 {
		var block [16]byte
		binary.BigEndian.PutUint64(block[:], n)
		block[8], block[15] = byte(i+1), 'c'
		s.mix.Encrypt(out[16*i:], block[:])
	}
	return out
}
