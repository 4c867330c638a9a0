package rest_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
)

const objects = "/services/data/v67.0/sobjects/"

func (x *org) send(tb testing.TB, method, path, body string) exchange.Answer {
	tb.Helper()
	return x.do(tb, call{method: method, path: objects + path, body: body})
}

// created is the id of a record that was made.
func (x *org) created(tb testing.TB, object, body string) string {
	tb.Helper()
	a := x.send(tb, "POST", object, body)
	id, _, _ := strings.Cut(strings.TrimPrefix(string(a.Body), `{"id":"`), `"`)
	if a.Status != 201 || string(a.Body) != `{"id":"`+id+`","success":true,"errors":[]}` || a.Header["Location"] != objects+object+"/"+id {
		tb.Fatalf("create: %d %s %v", a.Status, a.Body, a.Header)
	}
	return id
}

// count is how many records the condition finds.
func (x *org) count(tb testing.TB, from string) int {
	tb.Helper()
	return decode[page](tb, x.get(tb, query("SELECT Id FROM "+from))).TotalSize
}

func TestARecordIsReadAsItWasWritten(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	id := x.created(t, "Contact", `{"attributes":{"type":"Contact"},"FirstName":"Ada","lastname":"Lovelace","Birthdate":"1815-12-10","ExternalId__c":"ada"}`)
	if x.count(t, "Contact WHERE Name = 'Ada Lovelace' AND CreatedDate = 2026-09-01T12:00:00Z AND OwnerId = '"+x.user().ID+"'") != 1 {
		t.Error("a query does not see the new record")
	}
	if a := x.do(t, call{method: "PATCH", path: objects + "Contact/" + id, body: `{"LastName":"King","FirstName":null}`, after: time.Minute}); a.Status != 204 || len(a.Body) > 0 {
		t.Errorf("update: %d %s", a.Status, a.Body)
	}
	got := decode[map[string]any](t, x.get(t, objects+"Contact/"+id[:15]))
	if got["Name"] != "King" || got["FirstName"] != nil || got["Birthdate"] != "1815-12-10" || got["HasOptedOutOfEmail"] != false ||
		got["CreatedDate"] != "2026-09-01T12:00:00.000+0000" || got["SystemModstamp"] != "2026-09-01T12:01:00.000+0000" {
		t.Errorf("after the update: %v", got)
	}
	if a := x.send(t, "DELETE", "Contact/"+id, ""); a.Status != 204 {
		t.Errorf("delete: %d %s", a.Status, a.Body)
	}
	if x.count(t, "Contact WHERE Name = 'King'") != 0 {
		t.Error("a query sees the deleted record")
	}
	if all := decode[page](t, x.get(t, "/services/data/v67.0/queryAll?q="+url.QueryEscape("SELECT Id FROM Contact WHERE Name = 'King'"))); all.TotalSize != 1 {
		t.Error("queryAll does not see the deleted record")
	}
	for _, a := range []exchange.Answer{x.get(t, objects+"Contact/"+id), x.send(t, "PATCH", "Contact/"+id, "{}"), x.send(t, "DELETE", "Contact/"+id, "")} {
		refused(t, a, "record-deleted")
	}
}

func TestASeededRecordCanBeChangedToo(t *testing.T) {
	t.Parallel()
	x := newOrg(t, fixtures.Set("records/Account", []any{map[string]any{"Name": "Own"}}))
	before := x.count(t, "Account")
	rec := decode[struct{ Records []struct{ ID string } }](t, x.get(t, query("SELECT Id FROM Account WHERE Name = 'Zürich Energy'"))).Records[0]
	if a := x.send(t, "PATCH", "Account/"+rec.ID, `{"Name":"Zurich"}`); a.Status != 204 {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	if x.count(t, "Account") != before || x.count(t, "Account WHERE Name = 'Zurich'") != 1 || x.count(t, "Account WHERE Name = 'Zürich Energy'") != 0 {
		t.Error("the change is not seen once")
	}
}

func TestRecordsOutliveAChangeOfTheOrg(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	id := x.created(t, "Account", `{"Name":"Kept"}`)
	x.send(t, "PATCH", "Account/"+id, `{"Name":"Kept on"}`)
	o := *x.Org
	x.Org = &o
	if x.count(t, "Account WHERE Name = 'Kept on'") != 1 {
		t.Error("another snapshot lost the record")
	}
}

func TestAnUpsertCreatesOnceAndChangesThen(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	for i, want := range []string{`"success":true,"errors":[],"created":true}`, `"success":true,"errors":[],"created":false}`} {
		a := x.send(t, "PATCH", "Account/ExternalId__c/new%201", fmt.Sprintf(`{"Name":"N%d"}`, i))
		if a.Status != 201-i || !strings.HasSuffix(string(a.Body), want) {
			t.Errorf("upsert %d: %d %s", i, a.Status, a.Body)
		}
	}
	if a := x.do(t, call{method: "PATCH", path: "/services/data/v45.0/sobjects/Account/ExternalId__c/new%201", body: `{"Name":"N2"}`}); a.Status != 204 || len(a.Body) > 0 {
		t.Errorf("version 45: %d %s", a.Status, a.Body)
	}
	if got := decode[map[string]any](t, x.get(t, objects+"Account/ExternalId__c/NEW%201?fields=Name,ExternalId__c")); got["Name"] != "N2" || got["ExternalId__c"] != "new 1" {
		t.Errorf("%v", got)
	}
}

func TestRecordsThatCannotStandAreRefusedAsTheServiceDoes(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	account := x.created(t, "Account", `{"Name":"A","ExternalId__c":"taken"}`)
	gone := x.created(t, "Account", `{"Name":"B"}`)
	x.send(t, "DELETE", "Account/"+gone, "")
	long := strings.Repeat("ü", 256)
	for _, c := range []struct {
		method, path, body string
		id                 fixtures.RefusalID
		want               string
	}{
		{"POST", "Account", "", "record-body-missing", ""},
		{"POST", "Account", " \n", "record-body-missing", ""},
		{"POST", "Account", "{\n \"Name\" 'x'}", "record-body-malformed", `Unexpected character (''' (code 39)): was expecting a colon to separate field name and value at [line:2, column:9]`},
		{"POST", "Account", `{"Name":"x"} y`, "record-body-malformed", `('y' (code 121))`},
		{"POST", "Account", `{"Name":"x"`, "record-body-cut-short", `[line:1, column:12]`},
		{"POST", "Account", `["Name"]`, "record-value-type-wrong", `complexvalue from START_ARRAY value [ at [line:1, column:1]`},
		{"POST", "Account", `{"Name":{"a":1}}`, "record-value-type-wrong", `Cannot deserialize instance of string from START_OBJECT value { at [line:1, column:9]`},
		{"POST", "Account", `{"Name":1}`, "record-value-type-wrong", `string from VALUE_NUMBER_INT value 1`},
		{"POST", "Account", `{"Name":"x","AnnualRevenue":"much"}`, "record-value-type-wrong", `double from VALUE_STRING value much`},
		{"POST", "Contact", `{"LastName":"x","Birthdate":"10.12.1815"}`, "record-value-type-wrong", `date from VALUE_STRING value 10.12.1815`},
		{"POST", "Contact", `{"LastName":"x","HasOptedOutOfEmail":1.5}`, "record-value-type-wrong", `boolean from VALUE_NUMBER_FLOAT value 1.5`},
		{"POST", "Account", `{"Nope":"x"}`, "record-field-unknown", `No such column 'Nope' on sobject of type Account`},
		{"POST", "Account", `{"Name":"x","Id":"` + account + `"}`, "record-id-in-insert", `"fields":["Id"]`},
		{"POST", "Account", `{"Name":"x","IsDeleted":true,"CreatedDate":null}`, "record-field-read-only", `Unable to create/update fields: CreatedDate, IsDeleted. Please`},
		{"POST", "Account", `{}`, "record-required-field-missing", `[{"message":"Required fields are missing: [Name]","errorCode":"REQUIRED_FIELD_MISSING","fields":["Name"]}]`},
		{"POST", "Opportunity", `{"Name":""}`, "record-required-field-missing", `"fields":["Name","StageName","CloseDate"]`},
		{"POST", "Account", `{"Name":"` + long + `"}`, "record-text-too-long", `Account Name: data value too large: ` + long + ` (max length=255)`},
		{"POST", "Contact", `{"LastName":"x","AccountId":"nonsense"}`, "record-reference-malformed", `Account ID: id value of incorrect type: nonsense`},
		{"POST", "Contact", `{"LastName":"x","AccountId":"` + x.user().ID + `"}`, "record-reference-malformed", `"fields":["AccountId"]`},
		{"POST", "Contact", `{"LastName":"x","AccountId":"001000000000001"}`, "record-reference-unknown", ""},
		{"POST", "Contact", `{"LastName":"x","AccountId":"` + gone + `"}`, "record-reference-unknown", ""},
		{"POST", "Account", `{"Name":"x","ExternalId__c":"TAKEN"}`, "record-duplicate-value", `duplicate value found: ExternalId__c duplicates value on record with id: ` + account[:15] + `","errorCode":"DUPLICATE_VALUE","fields":[]`},
		{"PATCH", "Account/" + account, `{"Name":null}`, "record-required-field-missing", ""},
		{"PATCH", "Account/" + account, `{"Id":"` + account + `"}`, "record-field-unexpected", `The Id field should not be`},
		{"PATCH", "Account/" + account, ``, "record-body-missing", ""},
		{"PATCH", "Account/ExternalId__c/z", `{"Name":"x","externalid__C":"z"}`, "record-field-unexpected", `The ExternalId__c field`},
		{"PATCH", "Account/Name/z", `{}`, "record-not-accessible", `accessible: Name`},
		{"PATCH", "Account/INVALID", `{}`, "record-not-accessible", `accessible: INVALID`},
		{"PATCH", "Account/" + account[:17] + "9", `{}`, "record-id-malformed", `malformed id ` + account[:17] + `9`},
		{"DELETE", "Account/001000000000001", "", "rest-not-found", ""},
		{"DELETE", "Contact/" + account, "", "rest-not-found", ""},
		{"GET", "Account/ExternalId__c/none", "", "rest-not-found", ""},
		{"GET", "Account/Name/none", "", "record-not-accessible", ""},
		{"POST", "Nope", `{}`, "rest-not-found", ""},
		{"POST", "Organization", `{}`, "method-not-allowed", `HTTP Method 'POST' not allowed. Allowed are HEAD,GET`},
		{"PUT", "Account/" + account, `{}`, "method-not-allowed", ""},
	} {
		a := x.send(t, c.method, c.path, c.body)
		refused(t, a, c.id)
		if !strings.Contains(string(a.Body), c.want) {
			t.Errorf("%s %s %.60s\ngot  %s\nwant %s", c.method, c.path, c.body, a.Body, c.want)
		}
	}
	if x.count(t, "Account WHERE Name = 'x'")+x.count(t, "Contact WHERE LastName = 'x'") != 0 {
		t.Error("a refused record was kept")
	}
}

func TestAnOrgTakesRecordsUntilItsStorageIsFull(t *testing.T) {
	t.Parallel()
	x := newOrg(t, fixtures.Set("settings/dailyApiRequests", 100_000))
	a := x.send(t, "POST", "Account", `{"Name":"x"}`)
	for n := 1; n < 10_000 && a.Status == 201; n++ {
		a = x.send(t, "POST", "Account", `{"Name":"x"}`)
	}
	if a.Status != 201 {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	refused(t, x.send(t, "POST", "Account", `{"Name":"x"}`), "storage-limit-exceeded")
}

func TestDescribedFieldsSayWhatCanBeWritten(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	for object, want := range map[string]bool{"Account": true, "User": false} {
		got := decode[struct{ Createable, Updateable, Deletable bool }](t, x.get(t, objects+object+"/describe"))
		if got.Createable != want || got.Updateable != want || got.Deletable != want {
			t.Errorf("%s: %+v", object, got)
		}
	}
}

func FuzzRecordBody(f *testing.F) {
	for _, s := range []string{`{"Name":"x"}`, `{"Name":1}`, "{", "[]", `{"a" 1}`, "null", "\xff", `{"Name":"x"}}`, `{"AnnualRevenue":1e999}`, `{"Name":{"a":[1,{"b":`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		x := newOrg(t)
		if a := x.send(t, "POST", "Account", body); a.Status != 201 && a.Status != 400 {
			t.Errorf("%q: %d %s", body, a.Status, a.Body)
		}
	})
}
