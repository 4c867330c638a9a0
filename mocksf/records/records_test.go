package records_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/records"
	"github.com/sfconform/sfconform/mocksf/records/soql"
	"github.com/sfconform/sfconform/mocksf/snapshot"
)

var now = time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)

func compile(t *testing.T, o fixtures.Org) *snapshot.Org {
	t.Helper()
	org, err := snapshot.Compile(o)
	if err != nil {
		t.Fatal(err)
	}
	return org
}

// ownOrg is the built-in production org with records of its own.
func ownOrg(t *testing.T) *snapshot.Org {
	t.Helper()
	o, err := fixtures.BuiltInOrg("production")
	if err != nil {
		t.Fatal(err)
	}
	o.Records = map[string][]fixtures.Record{
		"Account": {{"Name": "Own 100% Account", "Rating__c": "Hot", "AnnualRevenue": 1.5}},
		"Invoice__c": {
			{"Name": "I-1", "Amount__c": 10, "Paid__c": true, "Due__c": time.Date(2026, 9, 1, 8, 0, 0, 0, time.UTC)},
			{"Name": "I-2", "Amount__c": 5, "Paid__c": false, "Id": "a00Ak0000000099"},
			{"Name": "I-3", "IsDeleted": true},
		},
	}
	return compile(t, o)
}

// find runs the query and returns one line for each record: the values, parents in braces.
func find(t *testing.T, org *snapshot.Org, query string) ([]string, error) {
	t.Helper()
	q, err := soql.Parse(query)
	if err != nil {
		return nil, err
	}
	result, err := records.NewStore().Query(org, now, q, false)
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, r := range result.Page(0, result.Total) {
		lines = append(lines, line(r))
	}
	return lines, nil
}

func line(r records.Record) string {
	var words []string
	for _, c := range r.Cells {
		if parent, ok := c.Value.(records.Record); ok {
			words = append(words, "{"+line(parent)+"}")
			continue
		}
		words = append(words, fmt.Sprint(c.Value))
	}
	return strings.Join(words, "|")
}

func TestQueriesFindTheirRecords(t *testing.T) {
	t.Parallel()
	org := ownOrg(t)
	for _, c := range []struct {
		query string
		want  []string
	}{
		{
			"SELECT Name, InstanceName, IsSandbox, TrialExpirationDate, NamespacePrefix, OrganizationType FROM Organization",
			[]string{"Acme Corporation|DEU42|false|<nil>|<nil>|Enterprise Edition"},
		},
		{"SELECT Id FROM Organization", []string{org.ID}},
		{
			"SELECT Username, Name, Profile.Name, IsActive FROM User ORDER BY Username",
			[]string{"admin@acme.example|Ada Admin|{System Administrator}|true", "integration@acme.example|Acme Integration|{Minimum Access - API Only Integrations}|true"},
		},
		{"select name from account where name = 'SUMMIT foods'", []string{"Summit Foods"}},
		{"SELECT a.Name FROM Account a WHERE a.Name LIKE '%&%' AND Account.Industry = 'Energy'", []string{"Harbor & Sons Energy"}},
		{`SELECT Name FROM Account WHERE Name LIKE '%100\% a_count'`, []string{"Own 100% Account"}},
		{"SELECT Name, AnnualRevenue FROM Account WHERE AnnualRevenue < 300000 ORDER BY AnnualRevenue DESC", []string{"Northwind Logistics|250000.0", "Own 100% Account|1.5"}},
		{"SELECT Name FROM Account WHERE Rating__c != null", []string{"Own 100% Account"}},
		{"SELECT Name FROM Account WHERE Name IN ('summit foods', 'x') OR Rating__c = 'HOT'", []string{"Summit Foods", "Own 100% Account"}},
		{"SELECT LastName FROM Contact WHERE LastName LIKE 'o\\'n%' LIMIT 1", []string{"O'Neil"}},
		{
			"SELECT Name, Account.Name, Account.Owner.Profile.Name FROM Contact WHERE Email = 'contact031@customer06.example'",
			[]string{"Ben Brandt|{Harbor & Sons Foods|{{System Administrator}}}"},
		},
		{"SELECT Name FROM Contact WHERE Account.Name = 'Summit Foods' AND NOT (FirstName > 'B') ORDER BY Name", []string{"Amir Costa", "Amir Hansen", "Amir Meyer"}},
		{"SELECT Name, CloseDate FROM Opportunity WHERE CloseDate < 2025-01-14", []string{"Renewal 001|2025-01-06", "Renewal 002|2025-01-13"}},
		{"SELECT COUNT() FROM Contact", nil},
		{"SELECT Name, Amount__c, Paid__c, Due__c FROM Invoice__c ORDER BY Amount__c", []string{"I-2|5|false|<nil>", "I-1|10|true|2026-09-01T08:00:00.000+0000"}},
		{"SELECT Id, Name FROM Invoice__c WHERE Paid__c != true", []string{"a00Ak0000000099IAA|I-2"}},
		{"SELECT Name FROM Invoice__c WHERE Id = 'a00Ak0000000099' OR Id = 'a00Ak0000000098AAA'", []string{"I-2"}},
		{"SELECT Name FROM Invoice__c WHERE Due__c = TODAY", []string{"I-1"}},
		{"SELECT Name FROM Invoice__c WHERE Due__c >= 2026-09-01T10:00:00+02:00", []string{"I-1"}},
		{"SELECT Name FROM Invoice__c WHERE Due__c > LAST_N_DAYS:3", nil},
		{"SELECT Name FROM Invoice__c ORDER BY Due__c", []string{"I-2", "I-1"}},
		{"SELECT Name FROM Invoice__c ORDER BY Due__c NULLS LAST", []string{"I-1", "I-2"}},
		{"SELECT Name FROM Account ORDER BY Name LIMIT 2 OFFSET 1", []string{"Granite Foods", "Granite Logistics"}},
		{"SELECT Name FROM Account OFFSET 1000", nil},
		{"SELECT Name FROM Account LIMIT 0", nil},
	} {
		got, err := find(t, org, c.query)
		if err != nil || strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s\ngot  %q, error %v\nwant %q", c.query, got, err, c.want)
		}
	}
}

func TestQueriesThatCannotBeAnsweredNameTheirFault(t *testing.T) {
	t.Parallel()
	org := ownOrg(t)
	for _, c := range []struct {
		query string
		want  soql.Error
	}{
		{"SELECT Id FROM ScratchOrgInfo limit 1", soql.Error{Kind: soql.UnknownType, Token: "ScratchOrgInfo", At: 15}},
		{"SELECT Id FROM Account.Contact", soql.Error{Kind: soql.UnknownType, Token: "Account.Contact", At: 15}},
		{"SELECT Id, Nope FROM Account", soql.Error{Kind: soql.UnknownField, Token: "Nope", Object: "Account", At: 11}},
		{"SELECT Account.Nope FROM Contact", soql.Error{Kind: soql.UnknownField, Token: "Nope", Object: "Account", At: 7}},
		{"SELECT Nope.Name FROM Contact", soql.Error{Kind: soql.UnknownField, Token: "Nope", Object: "Contact", At: 7}},
		{"SELECT Id FROM Account WHERE Nope = 1", soql.Error{Kind: soql.UnknownField, Token: "Nope", Object: "Account", At: 29}},
		{"SELECT Id FROM Account ORDER BY Nope", soql.Error{Kind: soql.UnknownField, Token: "Nope", Object: "Account", At: 32}},
		{"SELECT Id, Name, id FROM Account", soql.Error{Kind: soql.Malformed, Token: "id", At: 17}},
		{"SELECT Id FROM Account WHERE AnnualRevenue > '5'", soql.Error{Kind: soql.Malformed, Token: "5", At: 45}},
		{"SELECT Id FROM Account WHERE Name = 5", soql.Error{Kind: soql.Malformed, Token: "5", At: 36}},
		{"SELECT Id FROM Account WHERE CreatedDate > 2026-01-01", soql.Error{Kind: soql.Malformed, Token: "2026-01-01", At: 43}},
		{"SELECT FIELDS(ALL) FROM Account", soql.Error{Kind: soql.Malformed, Token: "ALL", At: 14}},
	} {
		_, err := find(t, org, c.query)
		var e *soql.Error
		if !errors.As(err, &e) || e.Kind != c.want.Kind || e.Token != c.want.Token || e.Object != c.want.Object || e.At != c.want.At {
			t.Errorf("%s\ngot  %v, want %v", c.query, err, &c.want)
		}
	}
}

func TestDeletedRecordsAreFoundOnlyWhenAskedFor(t *testing.T) {
	t.Parallel()
	org := ownOrg(t)
	q, err := soql.Parse("SELECT COUNT() FROM Invoice__c")
	if err != nil {
		t.Fatal(err)
	}
	for withDeleted, want := range map[bool]int{false: 2, true: 3} {
		if r, err := records.NewStore().Query(org, now, q, withDeleted); err != nil || r.Total != want || !r.Count {
			t.Errorf("with deleted %v: %d, %v, want %d", withDeleted, r.Total, err, want)
		}
	}
}

func TestSeededRecordsAreTheSameEveryTimeAndOtherInEachOrg(t *testing.T) {
	t.Parallel()
	ids := func(domain string) string {
		o, err := fixtures.BuiltInOrg("production")
		if err != nil {
			t.Fatal(err)
		}
		o.MyDomain = domain
		list, err := find(t, compile(t, o), "SELECT Id FROM Contact")
		if err != nil || len(list) != 450 {
			t.Fatalf("%d contacts, %v", len(list), err)
		}
		return strings.Join(list, " ")
	}
	if first, again := ids("acme"), ids("acme"); first != again {
		t.Error("the ids change from run to run")
	}
	if first, other := ids("acme")[:18], ids("beta")[:18]; first == other {
		t.Errorf("two orgs share the record %s", first)
	}
}

func TestGetReadsOneRecord(t *testing.T) {
	t.Parallel()
	org, store := ownOrg(t), records.NewStore()
	admin := org.User("admin@acme.example").ID
	for _, c := range []struct {
		object, id, fields, want string
		reason                   records.Reason
	}{
		{"User", admin, "Username,Name", "admin@acme.example|Ada Admin", ""},
		{"user", admin[:15], "Id", admin, ""},
		{"Account", admin, "Id", "", records.NoRecord},
		{"Nope", admin, "Id", "", records.NoObject},
		{"User", "005000000000000AAA", "Id", "", records.NoRecord},
		{"User", admin, "Id,Nope", "", records.UnknownField},
	} {
		rec, err := store.Get(org, c.object, c.id, strings.Split(c.fields, ","))
		if reasonOf(err) != c.reason || line(rec) != c.want {
			t.Errorf("%s %s: %q, %v", c.object, c.id, line(rec), err)
		}
	}
	if rec, err := store.Get(org, "Profile", "00e000000000000", nil); err == nil {
		t.Errorf("found %v", rec)
	}
	rec, err := store.Get(org, "User", admin, nil)
	if err != nil || len(rec.Cells) != len(store.Object(org, "User").Fields) {
		t.Errorf("without a choice of fields: %d of them, %v", len(rec.Cells), err)
	}
}

// reasonOf is why a record was refused; empty if it was not.
func reasonOf(err error) records.Reason {
	if e, ok := errors.AsType[*records.Error](err); ok {
		return e.Reason
	}
	return ""
}

func TestCursorsAreBounded(t *testing.T) {
	t.Parallel()
	store := records.NewStore()
	first := store.Keep(records.Cursor{Query: "0", BatchSize: 200})
	if again := store.Keep(records.Cursor{Query: "0", BatchSize: 200}); again != first {
		t.Errorf("equal cursors %s and %s", first, again)
	}
	if c, ok := store.Cursor(first); !ok || c.Query != "0" {
		t.Errorf("cursor %+v, %v", c, ok)
	}
	for i := range 300 {
		store.Keep(records.Cursor{Query: fmt.Sprint("q", i)})
	}
	if _, ok := store.Cursor(first); ok {
		t.Error("the oldest cursor is still there")
	}
}

func TestWildcardsOfLikeTakeNoLongerThanTheyMust(t *testing.T) {
	t.Parallel()
	o, err := fixtures.BuiltInOrg("production")
	if err != nil {
		t.Fatal(err)
	}
	o.Records = map[string][]fixtures.Record{"Note__c": {{"Name": strings.Repeat("a", 5000)}}}
	got, err := find(t, compile(t, o), "SELECT Id FROM Note__c WHERE Name LIKE '"+strings.Repeat("%a", 500)+"b'")
	if err != nil || len(got) != 0 {
		t.Errorf("%v, %v", got, err)
	}
}

func FuzzQuery(f *testing.F) {
	o, err := fixtures.BuiltInOrg("production")
	if err != nil {
		f.Fatal(err)
	}
	org, err := snapshot.Compile(o)
	if err != nil {
		f.Fatal(err)
	}
	store := records.NewStore()
	for _, s := range []string{
		"SELECT Id FROM Account WHERE Name LIKE '%a_'", "SELECT Account.Owner.Name, Id FROM Contact ORDER BY Account.Name",
		"SELECT FIELDS(ALL) FROM User LIMIT 1", "SELECT Id FROM User WHERE IsActive = true AND CreatedDate < TODAY",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, query string) {
		q, err := soql.Parse(query)
		if err != nil {
			return
		}
		result, err := store.Query(org, now, q, true)
		var e *soql.Error
		if err != nil && (!errors.As(err, &e) || e.Place() == "") {
			t.Errorf("%q: %v", query, err)
		}
		result.Page(0, result.Total)
	})
}
