package rest_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
)

func TestVersionsAreListedWithoutAToken(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	type version struct{ Label, URL, Version string }
	for _, authorization := range []string{"-", "", "Bearer garbage"} {
		list := decode[[]version](t, x.do(t, call{path: "/services/data/", authorization: authorization}))
		want := map[string]version{
			"first": {"Summer '14", "/services/data/v31.0", "31.0"},
			"v65":   {"Winter '26", "/services/data/v65.0", "65.0"},
			"v66":   {"Spring '26", "/services/data/v66.0", "66.0"},
			"last":  {"Summer '26", "/services/data/v67.0", "67.0"},
		}
		n := len(list)
		got := map[string]version{"first": list[0], "v65": list[n-3], "v66": list[n-2], "last": list[n-1]}
		for name := range want {
			if got[name] != want[name] {
				t.Errorf("%s: %v, want %v", name, got[name], want[name])
			}
		}
		// @salesforce/core takes the greatest by comparing texts, others take the last.
		if !slices.IsSortedFunc(list, func(a, b version) int { return strings.Compare(a.Version, b.Version) }) || n != 37 {
			t.Errorf("%d versions: %v", n, list)
		}
	}
}

func TestAVersionNamesItsResources(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	for _, path := range []string{"/services/data/v60.0", "/services/data/v60.0/"} {
		got := decode[map[string]string](t, x.get(t, path))
		for _, name := range []string{"limits", "query", "queryAll", "sobjects", "tooling"} {
			if got[name] != "/services/data/v60.0/"+name {
				t.Errorf("%s: %s = %q", path, name, got[name])
			}
		}
		if want := "https://login.salesforce.com/id/" + x.ID + "/" + x.user().ID; got["identity"] != want {
			t.Errorf("identity = %q, want %q", got["identity"], want)
		}
	}
}

func TestLimitsCountTheDailyRequests(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	x.get(t, query("SELECT COUNT() FROM Account"))
	got := decode[map[string]struct{ Max, Remaining int }](t, x.get(t, "/services/data/v67.0/limits/"))
	if l := got["DailyApiRequests"]; l.Max != 15000 || l.Remaining != 14998 {
		t.Errorf("DailyApiRequests %+v", l)
	}
	if l := got["DataStorageMB"]; l.Max == 0 || l.Max != l.Remaining {
		t.Errorf("DataStorageMB %+v", l)
	}
}

func TestQueryAnswersAreByteForByteThoseOfTheService(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	account := decode[struct{ Records []struct{ ID string } }](t, x.get(t, query("SELECT Id FROM Account WHERE Name = 'Harbor & Sons Foods'"))).Records[0].ID
	for soql, want := range map[string]string{
		"SELECT Name, InstanceName, IsSandbox, TrialExpirationDate, NamespacePrefix, OrganizationType FROM Organization": `{"totalSize":1,"done":true,"records":[{"attributes":{"type":"Organization","url":"/services/data/v67.0/sobjects/Organization/` + x.ID + `"},` +
			`"Name":"Acme Corporation","InstanceName":"DEU42","IsSandbox":false,"TrialExpirationDate":null,"NamespacePrefix":null,"OrganizationType":"Enterprise Edition"}]}`,
		"SELECT Account.Name, AnnualRevenue FROM Account WHERE Name = 'Harbor & Sons Foods'": `{"totalSize":1,"done":true,"records":[{"attributes":{"type":"Account","url":"/services/data/v67.0/sobjects/Account/` + account + `"},` +
			`"Name":"Harbor & Sons Foods","AnnualRevenue":1750000.0}]}`,
		"SELECT Account.Name, LastName, Account.Phone FROM Contact WHERE FirstName = 'Ben' AND LastName = 'Brandt'": `{"totalSize":1,"done":true,"records":[{"attributes":{"type":"Contact","url":"/services/data/v67.0/sobjects/Contact/CONTACT"},` +
			`"Account":{"attributes":{"type":"Account","url":"/services/data/v67.0/sobjects/Account/` + account + `"},"Name":"Harbor & Sons Foods","Phone":"+49 30 555006"},"LastName":"Brandt"}]}`,
		"SELECT COUNT() FROM Contact":               `{"totalSize":450,"done":true,"records":[]}`,
		"SELECT Id FROM Account WHERE Name = 'no'":  `{"totalSize":0,"done":true,"records":[]}`,
		"SELECT Parent.Name FROM Account LIMIT 1":   `{"totalSize":1,"done":true,"records":[{"attributes":{"type":"Account","url":"/services/data/v67.0/sobjects/Account/FIRST"},"Parent":null}]}`,
		"SELECT CreatedDate FROM Account LIMIT 1":   `{"totalSize":1,"done":true,"records":[{"attributes":{"type":"Account","url":"/services/data/v67.0/sobjects/Account/FIRST"},"CreatedDate":"2025-01-06T09:00:00.000+0000"}]}`,
		"SELECT CloseDate FROM Opportunity LIMIT 1": `{"totalSize":1,"done":true,"records":[{"attributes":{"type":"Opportunity","url":"/services/data/v67.0/sobjects/Opportunity/OPPORTUNITY"},"CloseDate":"2025-01-06"}]}`,
	} {
		ids := func(object, where string) string {
			found := decode[struct{ Records []struct{ ID string } }](t, x.get(t, query("SELECT Id FROM "+object+where+" LIMIT 1")))
			return found.Records[0].ID
		}
		want = strings.NewReplacer(
			"CONTACT", ids("Contact", " WHERE Name = 'Ben Brandt'"), "FIRST", ids("Account", ""), "OPPORTUNITY", ids("Opportunity", ""),
		).Replace(want)
		if a := x.get(t, query(soql)); string(a.Body) != want {
			t.Errorf("%s\ngot  %s\nwant %s", soql, a.Body, want)
		}
	}
}

func TestQueriesThatFailSayWhere(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	for _, c := range []struct {
		soql string
		id   fixtures.RefusalID
		want string
	}{
		{
			"SELECT Id FROM ScratchOrgInfo limit 1", "query-type-unknown",
			"\nSELECT Id FROM ScratchOrgInfo limit 1\n               ^\nERROR at Row:1:Column:16\nsObject type 'ScratchOrgInfo' is not supported.",
		},
		{
			"SELECT Id, Nope FROM Account", "query-field-unknown",
			"\nSELECT Id, Nope FROM Account\n           ^\nERROR at Row:1:Column:12\nNo such column 'Nope' on entity 'Account'.",
		},
		{
			"SELECT Id FROM Account WHERE Name IS NULL", "malformed-query",
			"\nSELECT Id FROM Account WHERE Name IS NULL\n                                  ^\nERROR at Row:1:Column:35\nunexpected token: 'IS'",
		},
		{"", "malformed-query", "unexpected token: '<EOF>'"},
	} {
		a := x.get(t, query(c.soql))
		refused(t, a, c.id)
		var body []struct{ Message string }
		if err := json.Unmarshal(a.Body, &body); err != nil || !strings.Contains(body[0].Message, c.want) {
			t.Errorf("%s\ngot  %s\nwant %q", c.soql, a.Body, c.want)
		}
	}
}

type page struct {
	TotalSize      int
	Done           bool
	NextRecordsURL string `json:"nextRecordsUrl"`
	Records        []struct{ ID string }
}

func TestPagesLoseAndDoubleNothing(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	sized := func(path, size string) page {
		return decode[page](t, x.do(t, call{path: path, header: map[string]string{"Sforce-Query-Options": "batchSize=" + size}}))
	}
	seen := map[string]bool{}
	var sizes []int
	for p := sized(query("SELECT Id FROM Contact"), "200"); ; p = decode[page](t, x.get(t, p.NextRecordsURL)) {
		sizes = append(sizes, len(p.Records))
		for _, r := range p.Records {
			seen[r.ID] = true
		}
		if p.TotalSize != 450 || p.Done != (p.NextRecordsURL == "") {
			t.Fatalf("page %+v", p)
		}
		if p.Done {
			break
		}
	}
	if !slices.Equal(sizes, []int{200, 200, 50}) || len(seen) != 450 {
		t.Errorf("pages of %v, %d records", sizes, len(seen))
	}
	for size, want := range map[string]int{"1": 200, "300": 300, "9999": 450, "x": 450, "": 450} {
		if p := sized(query("SELECT Id FROM Contact"), size); len(p.Records) != want {
			t.Errorf("batchSize=%s: %d records", size, len(p.Records))
		}
	}
	p := sized("/services/data/v50.0/queryAll?q=SELECT+Id+FROM+Contact", "400")
	if !strings.HasPrefix(p.NextRecordsURL, "/services/data/v50.0/query/01g") || !strings.HasSuffix(p.NextRecordsURL, "-400") {
		t.Errorf("next page at %s", p.NextRecordsURL)
	}
}

func TestLocatorsBelongToTheirUser(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	p := decode[page](t, x.do(t, call{path: query("SELECT Id FROM Contact"), header: map[string]string{"Sforce-Query-Options": "batchSize=200"}}))
	admin := x.User("admin@acme.example")
	foreign := x.sessions.Opaque(x.sessions.New(x.AppByName("integration"), admin, []string{"api"}, timeout, start))
	refused(t, x.do(t, call{path: p.NextRecordsURL, authorization: "Bearer " + foreign}), "query-locator-invalid")
	for _, locator := range []string{"x", "01g000000000000AAA-200", strings.TrimSuffix(strings.TrimPrefix(p.NextRecordsURL, "/services/data/v67.0/query/"), "200") + "-1"} {
		refused(t, x.get(t, "/services/data/v67.0/query/"+locator), "query-locator-invalid")
	}
}

func TestColumnsDescribeTheQuery(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	type column struct {
		ColumnName, DisplayName, ApexType string
		Aggregate                         bool
		JoinColumns                       []column
	}
	a := x.get(t, query("SELECT Id, Account.Name, Account.Owner.Id FROM Contact")+"&columns=true")
	got := decode[struct {
		ColumnMetadata []column
		EntityName     string
		IDSelected     bool
	}](t, a)
	want := `{Contact true [{Id Id Id false []} {Account Account Account false [{Name Name String false []} {Owner Owner User false [{Id Id Id false []}]}]}]}`
	if s := fmt.Sprint(struct {
		a string
		b bool
		c []column
	}{got.EntityName, got.IDSelected, got.ColumnMetadata}); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
	if !strings.Contains(string(a.Body), `"joinColumns":[]`) {
		t.Error("a column without joins has no empty list")
	}
	refused(t, x.get(t, query("SELECT Nope FROM Contact")+"&columns=true"), "query-field-unknown")
}

func TestObjectsAreListedAndDescribed(t *testing.T) {
	t.Parallel()
	x := newOrg(t, fixtures.Set("records/Invoice__c", []any{map[string]any{"Name": "I-1"}}))
	list := decode[struct{ SObjects []struct{ Name string } }](t, x.get(t, "/services/data/v67.0/sobjects/"))
	var names []string
	for _, o := range list.SObjects {
		names = append(names, o.Name)
	}
	if want := "Account Contact Invoice__c Opportunity Organization Profile User"; strings.Join(names, " ") != want {
		t.Errorf("objects %v, want %s", names, want)
	}
	described := decode[struct {
		Name   string
		Fields []struct{ Name, Type string }
	}](t, x.get(t, "/services/data/v67.0/sobjects/account/describe"))
	var fields []string
	for _, f := range described.Fields {
		fields = append(fields, f.Name)
	}
	// Every field that is described can be selected.
	if a := x.get(t, query("SELECT "+strings.Join(fields, ",")+" FROM Account LIMIT 1")); described.Name != "Account" || a.Status != 200 {
		t.Errorf("%s: %d %s", described.Name, a.Status, a.Body)
	}
	if info := decode[struct{ ObjectDescribe struct{ KeyPrefix string } }](t, x.get(t, "/services/data/v67.0/sobjects/Invoice__c")); info.ObjectDescribe.KeyPrefix != "a00" {
		t.Errorf("key prefix %q", info.ObjectDescribe.KeyPrefix)
	}
	for _, path := range []string{"/services/data/v67.0/sobjects/Nope", "/services/data/v67.0/sobjects/Nope/describe", "/services/data/v67.0/nope"} {
		refused(t, x.get(t, path), "rest-not-found")
	}
}

func TestOneRecordIsReadByItsID(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	id := x.user().ID
	a := x.get(t, "/services/data/v67.0/sobjects/User/"+id+"?fields=Username,Email")
	want := `{"attributes":{"type":"User","url":"/services/data/v67.0/sobjects/User/` + id + `"},"Username":"integration@acme.example","Email":"integration@acme.example"}`
	if string(a.Body) != want {
		t.Errorf("got  %s\nwant %s", a.Body, want)
	}
	whole := decode[map[string]any](t, x.get(t, "/services/data/v67.0/sobjects/User/"+id))
	if whole["Username"] != "integration@acme.example" || whole["IsActive"] != true {
		t.Errorf("%v", whole)
	}
	refused(t, x.get(t, "/services/data/v67.0/sobjects/User/"+id+"?fields=Nope"), "query-field-unknown")
	refused(t, x.get(t, "/services/data/v67.0/sobjects/Account/"+id), "rest-not-found")
	refused(t, x.do(t, call{method: "POST", path: "/services/data/v67.0/sobjects/User/" + id}), "method-not-allowed")
}

func TestPrettyPrintIsHonored(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	a := x.do(t, call{path: query("SELECT COUNT() FROM Contact"), header: map[string]string{"X-PrettyPrint": "1"}})
	if want := "{\n  \"totalSize\": 450,\n  \"done\": true,\n  \"records\": []\n}"; string(a.Body) != want {
		t.Errorf("%s", a.Body)
	}
}
