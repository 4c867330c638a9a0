package mocksf_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf"
)

// manyOrgs are orgs that differ in their My Domain.
func manyOrgs(tb testing.TB, n int) []fixtures.Org {
	tb.Helper()
	base := builtIn(tb, "production")
	orgs := make([]fixtures.Org, n)
	for i := range orgs {
		orgs[i] = base
		orgs[i].MyDomain = fmt.Sprintf("acme-%d", i)
	}
	return orgs
}

func TestEachOrgAnswersUnderAnAddressOfItsOwn(t *testing.T) {
	t.Parallel()
	server := mocksf.Serve(t, mocksf.Options{Orgs: manyOrgs(t, 3)})
	seen := map[string]bool{}
	for i := range 3 {
		org := server.OrgByMyDomain(fmt.Sprintf("acme-%d", i))
		got := clientCredentials(t, server.Client(), org.URL(), org)
		if got.status != http.StatusOK || got.fields["instance_url"] != org.URL() {
			t.Errorf("org %d: %d %s", i, got.status, got.text)
		}
		token, _ := got.fields["access_token"].(string)
		if len(token) > 15 {
			seen[token[:15]] = true
		}
		if n := org.Journal().Count(); n != 1 {
			t.Errorf("org %d: %d exchanges in the journal", i, n)
		}
	}
	if len(seen) != 3 {
		t.Errorf("tokens name %d orgs", len(seen))
	}
}
