package authority_test

import (
	"crypto/tls"
	"fmt"
	"io"
	"sync"
	"testing"
	"time"

	"github.com/sfconform/sfconform/mocksf/authority"
)

func TestConcurrentFirstHandshakesMintOnce(t *testing.T) {
	t.Parallel()
	config := fresh(t).Config("")
	const clients = 50
	seen := make([]*tls.Certificate, clients)
	var ready, done sync.WaitGroup
	ready.Add(clients)
	for i := range seen {
		done.Go(func() {
			ready.Done()
			ready.Wait()
			seen[i], _ = config.GetCertificate(&tls.ClientHelloInfo{ServerName: myDomain})
		})
	}
	done.Wait()
	for i, c := range seen {
		if c == nil || c != seen[0] {
			t.Fatalf("client %d met a leaf of its own", i)
		}
	}
}

func TestOnlyTheNamesUsedLastAreKept(t *testing.T) {
	t.Parallel()
	config := fresh(t).Config("")
	kept, forgotten := leafFor(t, config, "kept.my.salesforce.com"), leafFor(t, config, "forgotten.my.salesforce.com")
	for i := range 2047 {
		leafFor(t, config, fmt.Sprintf("org%d.my.salesforce.com", i))
		if i == 1000 && !leafFor(t, config, "kept.my.salesforce.com").Equal(kept) {
			t.Fatal("a thousand names are too many")
		}
	}
	if !leafFor(t, config, "kept.my.salesforce.com").Equal(kept) {
		t.Error("a name in use is forgotten")
	}
	if leafFor(t, config, "forgotten.my.salesforce.com").Equal(forgotten) {
		t.Error("the cache has no bound")
	}
}

func TestALeafIsRenewedBeforeItEnds(t *testing.T) {
	t.Parallel()
	now := time.Now()
	a, err := authority.New(authority.Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	config := a.Config("")
	first := leafFor(t, config, myDomain)
	now = now.Add(11 * time.Hour)
	if !leafFor(t, config, myDomain).Equal(first) {
		t.Error("it is renewed too early")
	}
	now = now.Add(2 * time.Hour)
	second := leafFor(t, config, myDomain)
	if second.Equal(first) || !second.NotAfter.After(first.NotAfter) {
		t.Errorf("after 13 hours the leaf ends at %v still", second.NotAfter)
	}
}

func TestAFailureToMintIsNotKept(t *testing.T) {
	t.Parallel()
	chance := &switched{}
	a, err := authority.New(authority.Options{Rand: chance})
	if err != nil {
		t.Fatal(err)
	}
	chance.off = true
	if _, err := a.Config("").GetCertificate(&tls.ClientHelloInfo{ServerName: myDomain}); err == nil {
		t.Fatal("a leaf was made without chance")
	}
	chance.off = false
	leafFor(t, a.Config(""), myDomain)
}

// switched is a source of chance that can be turned off.
type switched struct{ off bool }

func (s *switched) Read(p []byte) (int, error) {
	if s.off {
		return 0, io.ErrUnexpectedEOF
	}
	for i := range p {
		p[i] = 7
	}
	return len(p), nil
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		fresh(b)
	}
}

func BenchmarkMint(b *testing.B) {
	config := fresh(b).Config("")
	for i := 0; b.Loop(); i++ {
		hello := &tls.ClientHelloInfo{ServerName: fmt.Sprintf("org%d.my.salesforce.com", i)}
		if _, err := config.GetCertificate(hello); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkKeptLeaf(b *testing.B) {
	config := fresh(b).Config("")
	hello := &tls.ClientHelloInfo{ServerName: myDomain}
	for b.Loop() {
		if _, err := config.GetCertificate(hello); err != nil {
			b.Fatal(err)
		}
	}
}
