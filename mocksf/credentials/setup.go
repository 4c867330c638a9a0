package credentials

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/spell"
)

// Setup is what a person does in Setup to see an app's key pair: the button "Consumer
// Key and Secret" (for a Connected App "Manage Consumer Details") mails a verification
// code, and the page behind it shows the pair (metadata.md section 5). After a pair was
// made the page can lag behind: the propagation's delay consumer-details says how long.
type Setup struct {
	mu   sync.Mutex
	seed uint64
	sent uint64
	// codes are the codes that wait to be typed in, by username.
	codes map[string]string
	mail  []Mail
	// made is when the pair of an app was made or replaced, for those of which that was seen.
	made map[string]time.Time
}

// Mail is a message with a verification code.
type Mail struct {
	// To is the user's e-mail address.
	To       string    `json:"to"`
	Username string    `json:"username"`
	Code     string    `json:"code"`
	Sent     time.Time `json:"sent"`
}

// Pair is an app's Consumer Key and Consumer Secret.
type Pair struct{ ConsumerKey, ConsumerSecret string }

// ErrNotVerified says that the code is not the one that was mailed last.
var ErrNotVerified = errors.New("credentials: the identity is not verified: type in the code of the newest mail")

// NotYetError says that Setup cannot show the pair yet.
type NotYetError struct {
	App string
	// From is when it can.
	From time.Time
}

func (e *NotYetError) Error() string {
	return fmt.Sprintf("credentials: the key pair of app %q can be seen from %s on: wait, or advance the clock", e.App, e.From.UTC().Format(time.RFC3339))
}

// maxMail is how many mails are kept, newest last.
const maxMail = 64

// NewSetup makes the page. The same seed gives the same codes in the same order.
func NewSetup(seed uint64) *Setup {
	return &Setup{seed: seed, codes: map[string]string{}, made: map[string]time.Time{}}
}

// Send mails the user a code, which ends the one before. The error names the user
// who cannot open Setup, or the nearest one there is.
func (s *Setup) Send(org fixtures.Org, username string, now time.Time) error {
	u, ok := org.Users[username]
	switch {
	case !ok:
		return unknown("user", username, slices.Sorted(maps.Keys(org.Users)))
	case !u.Active || u.Frozen || !u.ViewSetup:
		return fmt.Errorf("credentials: the user %q cannot open Setup: active, not frozen and viewSetup are needed", username)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sent++
	code := s.code()
	s.codes[username] = code
	if len(s.mail) == maxMail {
		s.mail = slices.Clone(s.mail[1:])
	}
	s.mail = append(s.mail, Mail{u.Email, username, code, now})
	return nil
}

// code is the next code of six digits.
func (s *Setup) code() string {
	h := fnv.New64a()
	_, _ = h.Write(binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, s.seed), s.sent))
	return fmt.Sprintf("%06d", h.Sum64()%1_000_000)
}

// Mail is what was sent, newest last.
func (s *Setup) Mail() []Mail {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.mail)
}

// Show is the app's pair for the user who types the code in, once. The error is
// ErrNotVerified, a *NotYetError, or names the nearest app.
func (s *Setup) Show(org fixtures.Org, app, username, code string, now time.Time) (Pair, error) {
	a, ok := org.Apps[app]
	if !ok {
		return Pair{}, unknown("app", app, slices.Sorted(maps.Keys(org.Apps)))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if want := s.codes[username]; want == "" || want != code {
		return Pair{}, ErrNotVerified
	}
	delete(s.codes, username)
	if made, seen := s.made[app]; seen {
		if from := made.Add(time.Duration(org.Propagation.Delays[fixtures.ConsumerDetails])); now.Before(from) {
			return Pair{}, &NotYetError{app, from}
		}
	}
	return Pair{a.ConsumerKey, a.ConsumerSecret}, nil
}

func unknown(kind, name string, known []string) error {
	if near := spell.Nearest(name, known); near != "" {
		return fmt.Errorf("credentials: the org has no %s %q: did you mean %q?", kind, name, near)
	}
	return fmt.Errorf("credentials: the org has no %s %q", kind, name)
}

// Changed notes the apps whose pair was made or replaced between two states of the org.
func (s *Setup) Changed(before, after fixtures.Org, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name, a := range after.Apps {
		if old, there := before.Apps[name]; !there || old.ConsumerKey != a.ConsumerKey || old.ConsumerSecret != a.ConsumerSecret {
			s.made[name] = now
		}
	}
	for name := range s.made {
		if _, there := after.Apps[name]; !there {
			delete(s.made, name)
		}
	}
}
