package records_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/records"
	"github.com/sfconform/sfconform/mocksf/records/soql"
	"github.com/sfconform/sfconform/mocksf/snapshot"
)

func total(t *testing.T, store *records.Store, org *snapshot.Org, query string) int {
	t.Helper()
	q, err := soql.Parse(query)
	if err != nil {
		t.Fatal(err)
	}
	result, err := store.Query(org, now, q, false)
	if err != nil {
		t.Fatal(err)
	}
	return result.Total
}

func TestManyWriteAndReadAtOnce(t *testing.T) {
	t.Parallel()
	org, store := ownOrg(t), records.NewStore()
	by := records.Author{User: org.User("admin@acme.example").ID, Now: now}
	before := total(t, store, org, "SELECT Id FROM Account")
	var wg sync.WaitGroup
	seen := sync.Map{}
	for w := range 4 {
		wg.Go(func() {
			for i := range 25 {
				id, err := store.Create(org, "Account", records.Values{"Name": fmt.Sprintf("W%d-%d", w, i)}, by)
				if _, twice := seen.LoadOrStore(id, true); err != nil || twice {
					t.Errorf("created %q: %v", id, err)
				}
				if err := store.Update(org, "Account", id, records.Values{"Phone": "1"}, by); err != nil {
					t.Error(err)
				}
				total(t, store, org, "SELECT Id, Parent.Name FROM Account WHERE Phone = '1' ORDER BY Name")
			}
		})
	}
	wg.Wait()
	if got := total(t, store, org, "SELECT Id FROM Account"); got != before+100 {
		t.Errorf("%d accounts, want %d", got, before+100)
	}
}

func TestRecordsOfAnObjectThatIsTakenOutAreLeftOut(t *testing.T) {
	t.Parallel()
	org, store := ownOrg(t), records.NewStore()
	by := records.Author{User: org.User("admin@acme.example").ID, Now: now}
	id, err := store.Create(org, "Invoice__c", records.Values{"Name": "I-4"}, by)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := fixtures.BuiltInOrg("production")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Get(compile(t, plain), "Invoice__c", id, nil); reasonOf(err) != records.NoObject {
		t.Errorf("without the object: %v", err)
	}
	if _, err := store.Get(org, "Invoice__c", id, nil); err != nil {
		t.Errorf("with it again: %v", err)
	}
}

func TestAnIDIsJudgedByItsLook(t *testing.T) {
	t.Parallel()
	for id, want := range map[string][2]bool{
		"001000000000001": {true, true}, "001000000000001AAA": {true, true}, "001000000000001AAB": {true, false},
		"001": {}, "00100000000000!": {}, "": {}, "0010000000000011": {},
	} {
		if looks, fits := records.WellFormedID(id); looks != want[0] || fits != want[1] {
			t.Errorf("%q: looks like one %v, fits %v", id, looks, fits)
		}
	}
}

func TestAnOrgHoldsAsManyRecordsAsAreAskedFor(t *testing.T) {
	t.Parallel()
	plain, err := fixtures.BuiltInOrg("production")
	if err != nil {
		t.Fatal(err)
	}
	for object, seeded := range map[string]int{"Contact": 450, "Account": 25, "Invoice__c": 0} {
		change, err := records.Filled(object, 1300)
		if err != nil {
			t.Fatal(err)
		}
		org := compile(t, plain.MustWith(change))
		store := records.NewStore()
		if got := total(t, store, org, "SELECT Id, Name FROM "+object); got != max(1300, seeded) {
			t.Errorf("%d records of %s, want 1300", got, object)
		}
		if got := total(t, store, org, "SELECT Id FROM "+object+" WHERE ExternalId__c = 'filled-1300'"); got != 1 {
			t.Errorf("%d records of %s are the last", got, object)
		}
	}
	if _, err := records.Filled("Contact", 100_001); err == nil {
		t.Error("a hundred thousand and one are taken")
	}
}
