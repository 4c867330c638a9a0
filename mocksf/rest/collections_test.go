package rest_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
)

const collections = "/services/data/v67.0/composite/sobjects"

// became is what an answer says of one record.
type became struct {
	ID      string
	Success bool
	Errors  []struct {
		StatusCode, Message string
		Fields              []string
	}
	Created *bool
}

func (x *org) several(tb testing.TB, method, below, body string) exchange.Answer {
	tb.Helper()
	return x.do(tb, call{method: method, path: collections + below, body: body})
}

// contactsOf is the body of a request with the records.
func contactsOf(allOrNone bool, fields ...string) string {
	all := make([]string, len(fields))
	for i, f := range fields {
		all[i] = `{"attributes":{"type":"Contact"},` + f + `}`
	}
	return fmt.Sprintf(`{"allOrNone":%t,"records":[%s]}`, allOrNone, strings.Join(all, ","))
}

// says fails the test unless a record was refused in the words of the catalogue.
func (b became) says(tb testing.TB, id fixtures.RefusalID, blanks ...string) {
	tb.Helper()
	want := fixtures.MustRefusal(id).Answer.With(blanks...)
	if b.Success || b.ID != "" || len(b.Errors) != 1 || b.Errors[0].StatusCode != want.Error || b.Errors[0].Message != want.Description || b.Errors[0].Fields == nil {
		tb.Errorf("%+v, want %s %q", b, want.Error, want.Description)
	}
}

func TestRecordsOfACollectionAreCreatedChangedAndDeletedEachForItself(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	a := x.several(t, "POST", "/", contactsOf(false, `"LastName":"One"`, `"FirstName":"Nobody"`, `"LastName":"Two"`))
	made := decode[[]became](t, a)
	if len(made) != 3 || !made[0].Success || !made[2].Success || strings.Contains(string(a.Body), "created") {
		t.Fatalf("created: %s", a.Body)
	}
	made[1].says(t, "record-required-field-missing", "fields", "LastName")
	one, two := made[0].ID, made[2].ID
	if x.count(t, "Contact WHERE Id IN ('"+one+"','"+two+"')") != 2 {
		t.Error("a query does not see the new records")
	}
	changed := decode[[]became](t, x.several(t, "PATCH", "", contactsOf(false, `"id":"`+one+`","LastName":"Changed"`, `"LastName":"Unnamed"`,
		`"Id":"003Akzzzzzzzzzz","LastName":"Unknown"`)))
	if !changed[0].Success || changed[0].ID != one || x.count(t, "Contact WHERE LastName = 'Changed'") != 1 {
		t.Errorf("changed: %+v", changed)
	}
	changed[1].says(t, "collection-id-missing")
	changed[2].says(t, "record-reference-unknown")
	gone := decode[[]became](t, x.several(t, "DELETE", "?ids="+url.QueryEscape(one+","+two)+"&allOrNone=false", ""))
	if len(gone) != 2 || !gone[0].Success || gone[1].ID != two || x.count(t, "Contact WHERE Id IN ('"+one+"','"+two+"')") != 0 {
		t.Errorf("deleted: %+v", gone)
	}
}

func TestACollectionIsUpsertedByTheValueInEachRecord(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	for i, created := range []bool{true, false} {
		got := decode[[]became](t, x.several(t, "PATCH", "/Contact/ExternalId__c", contactsOf(false, `"LastName":"Key","externalid__c":"k1"`, `"LastName":"None"`)))
		if !got[0].Success || got[0].Created == nil || *got[0].Created != created {
			t.Errorf("time %d: %+v", i, got)
		}
		got[1].says(t, "collection-external-id-missing", "field", "ExternalId__c")
	}
	if n := x.count(t, "Contact WHERE ExternalId__c = 'k1'"); n != 1 {
		t.Errorf("%d records have the key", n)
	}
}

func TestAllOrNoneOfACollectionIsWritten(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	got := decode[[]became](t, x.several(t, "POST", "", contactsOf(true, `"LastName":"Good"`, `"FirstName":"Nobody"`)))
	got[0].says(t, "collection-rolled-back")
	got[1].says(t, "record-required-field-missing", "fields", "LastName")
	if x.count(t, "Contact WHERE LastName = 'Good'") != 0 {
		t.Error("a record that was rolled back is there")
	}
	id := x.created(t, "Contact", `{"LastName":"Later"}`)
	gone := decode[[]became](t, x.several(t, "DELETE", "?allOrNone=true&ids="+id+",003Akzzzzzzzzzz", ""))
	gone[0].says(t, "collection-rolled-back")
	if x.count(t, "Contact WHERE Id = '"+id+"'") != 1 {
		t.Error("a record whose deletion was rolled back is gone")
	}
}

func TestACollectionThatCannotBeReadWritesNothing(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	good := `"LastName":"Good"`
	tests := []struct {
		name, body string
		want       fixtures.RefusalID
	}{
		{"an unknown field", contactsOf(false, good, `"LastName":"x","Nope":1`), "record-field-unknown"},
		{"an unknown object", strings.Replace(contactsOf(false, good, good), `"Contact"},"LastName":"Good"}]`, `"Nope"},"LastName":"Good"}]`, 1), "rest-not-found"},
		{"no object", `{"records":[{"LastName":"Good"}]}`, "rest-not-found"},
		{"a value of a wrong type", contactsOf(false, good, `"LastName":{}`), "record-value-type-wrong"},
		{"an element that is none", `{"records":[1]}`, "record-value-type-wrong"},
		{"no records", `{}`, "record-value-type-wrong"},
		{"a flag that is none", `{"allOrNone":"yes","records":[]}`, "record-value-type-wrong"},
		{"no body", "", "record-body-missing"},
		{"no JSON", `{"records":[`, "record-body-cut-short"},
		{"too many", contactsOf(false, slice(good, 201)...), "collection-too-large"},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) { refused(t, x.several(t, "POST", "", c.body), c.want) })
	}
	if x.count(t, "Contact WHERE LastName = 'Good'") != 0 {
		t.Error("a record was written")
	}
	if got := decode[[]became](t, x.several(t, "POST", "", contactsOf(false, slice(good, 200)...))); len(got) != 200 || !got[199].Success {
		t.Error("200 records are not taken")
	}
}

func slice(s string, n int) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = s
	}
	return all
}
