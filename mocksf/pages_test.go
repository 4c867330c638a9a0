package mocksf_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf"
	"github.com/sfconform/sfconform/mocksf/records"
)

// A caller who wants a query in so many pages, whatever page size the client asks for,
// fills the object.
func TestAFilledOrgAnswersAQueryInAsManyPagesAsItsRecordsMake(t *testing.T) {
	t.Parallel()
	filled, err := records.Filled("Contact", 4001)
	if err != nil {
		t.Fatal(err)
	}
	server := mocksf.Serve(t, mocksf.Options{Orgs: []fixtures.Org{builtIn(t, "production", filled)}})
	token, _ := clientCredentials(t, server.Client(), server.URL(), server.Org()).fields["access_token"].(string)
	for size, want := range map[string]int{"": 3, "batchSize=1000": 5, "batchSize=200": 21} {
		seen, pages := map[string]bool{}, 0
		for next := "/services/data/v67.0/query?q=SELECT+Id+FROM+Contact"; next != ""; pages++ {
			p := readPage(t, server, next, token, size)
			for _, r := range p.Records {
				seen[r.ID] = true
			}
			next = p.Next
		}
		if pages != want || len(seen) != 4001 {
			t.Errorf("%q: %d records in %d pages, want 4001 in %d", size, len(seen), pages, want)
		}
	}
}

type page struct {
	Next    string `json:"nextRecordsUrl"`
	Records []struct {
		ID string `json:"Id"`
	}
}

func readPage(t *testing.T, server *mocksf.Server, path, token, size string) page {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL()+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Sforce-Query-Options", size)
	resp, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	a := readAnswer(t, resp)
	var p page
	if err := json.Unmarshal([]byte(a.text), &p); err != nil || a.status != http.StatusOK {
		t.Fatalf("%d %s: %v", a.status, a.text, err)
	}
	return p
}
