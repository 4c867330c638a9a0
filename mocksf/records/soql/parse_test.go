package soql_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/mocksf/records/soql"
)

func path(at int, names ...string) soql.Path { return soql.Path{Names: names, At: at} }

func TestParseReadsEachClause(t *testing.T) {
	t.Parallel()
	q, err := soql.Parse("select Id, Owner.Name from Account a where a.Name like 'A%' order by Name desc nulls last, Id limit 5 offset 2")
	if err != nil {
		t.Fatal(err)
	}
	want := soql.Query{
		Text:   q.Text,
		Fields: []soql.Path{path(7, "Id"), path(11, "Owner", "Name")},
		From:   path(27, "Account"),
		Alias:  "a",
		Where:  soql.Compare{Path: path(43, "a", "Name"), Op: soql.Like, Values: []soql.Value{{Kind: soql.Text, Text: "A%", At: 55}}},
		Order: []soql.Order{
			{Path: path(69, "Name"), Descending: true, NullsLast: true},
			{Path: path(91, "Id")},
		},
		Limit: 5, Offset: 2,
	}
	if !reflect.DeepEqual(q, want) {
		t.Errorf("got  %+v\nwant %+v", q, want)
	}
}

func TestParseAcceptsWhatTheServiceAccepts(t *testing.T) {
	t.Parallel()
	for _, query := range []string{
		"SELECT Id FROM ScratchOrgInfo limit 1",
		"SELECT COUNT() FROM Account",
		"SELECT count ( ) FROM Account WHERE Name != null",
		"SELECT Id,Name\nFROM\tAccount AS acc WHERE acc.Name='x'",
		"SELECT FIELDS(ALL) FROM Account LIMIT 200",
		"SELECT Id FROM Order",
		"SELECT Id FROM A WHERE NOT B = 1",
		"SELECT Id FROM A WHERE NOT (B = 1 AND C = 2)",
		"SELECT Id FROM A WHERE (B = 1 OR C = 2) AND (D = 3 OR E = 4)",
		"SELECT Id FROM A WHERE B IN ('x', 'y') AND C NOT IN (1, 2.5, -3)",
		"SELECT Id FROM A WHERE B = true AND C = NULL AND D <> FALSE",
		`SELECT Id FROM A WHERE B = 'O\'Brien \\ "q" \n'`,
		"SELECT Id FROM A WHERE B > 2024-01-31 AND C <= 2024-01-31T10:20:30Z AND D = 2024-01-31T10:20:30.000+0100",
		"SELECT Id FROM A WHERE B = TODAY AND C > LAST_N_DAYS:30 AND D < NEXT_N_DAYS:1 AND E = LAST_YEAR AND F = THIS_MONTH AND G = NEXT_MONTH",
		"SELECT Id FROM A ORDER BY B ASC NULLS FIRST",
		"SELECT Fields FROM A",
	} {
		if _, err := soql.Parse(query); err != nil {
			t.Errorf("%s\n%v", query, err)
		}
	}
}

func TestParseNamesTheWordThatIsNotExpected(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		query, token string
		column       int
	}{
		{"", "<EOF>", 1},
		{"q=SELECT Id FROM A", "q", 1},
		{"SELECT Id FROM", "<EOF>", 15},
		{"SELECT FROM A", "FROM", 8},
		{"SELECT Id, FROM A", "FROM", 12},
		{"SELECT * FROM A", "*", 8},
		{"SELECT Id FROM A WHERE", "<EOF>", 23},
		{"SELECT Id FROM A WHERE B IS NULL", "IS", 26},
		{"SELECT Id FROM A WHERE B = x", "x", 28},
		{"SELECT Id FROM A WHERE B = 'x", "<EOF>", 28},
		{"SELECT Id FROM A WHERE B = 1 AND C = 2 OR D = 3", "OR", 40},
		{"SELECT Id FROM A WHERE (B = 1", "<EOF>", 30},
		{"SELECT Id FROM A WHERE B LIKE 1", "1", 31},
		{"SELECT Id FROM A WHERE B IN 'x'", "x", 29},
		{"SELECT Id FROM A WHERE B IN ()", ")", 30},
		{"SELECT Id FROM A WHERE B = 2024-13-01", "2024-13-01", 28},
		{"SELECT Id FROM A WHERE C = 2024-01-31T10:20:30 01:00", "2024-01-31T10:20:30", 28},
		{"SELECT Id FROM A LIMIT x", "x", 24},
		{"SELECT Id FROM A LIMIT -1", "-1", 24},
		{"SELECT Id FROM A LIMIT 1 WHERE B = 1", "WHERE", 26},
		{"SELECT Id FROM A;", ";", 17},
		{"SELECT COUNT(Id) FROM A", "Id", 14},
		{"SELECT (SELECT Id FROM Contacts) FROM Account", "(", 8},
		{"SELECT FIELDS(SOME) FROM A", "SOME", 15},
		{"SELECT A..B FROM C", "A..B", 8},
		{"SELECT Id FROM A WHERE B = LAST_N_DAYS:x", "LAST_N_DAYS:x", 28},
		{"SELECT Id FROM A WHERE B = LAST_N_DAYS:999999999", "LAST_N_DAYS:999999999", 28},
	} {
		_, err := soql.Parse(c.query)
		var e *soql.Error
		if !errors.As(err, &e) {
			t.Errorf("%s: error %v, want *soql.Error", c.query, err)
			continue
		}
		if e.Kind != soql.Malformed || e.Token != c.token || e.Column() != c.column {
			t.Errorf("%s: %v, want %q in column %d", c.query, err, c.token, c.column)
		}
	}
}

func TestDeepParenthesesAreRefused(t *testing.T) {
	t.Parallel()
	query := "SELECT Id FROM A WHERE " + strings.Repeat("(", 100_000)
	if _, err := soql.Parse(query[:soql.MaxLength]); err == nil {
		t.Error("100,000 parentheses were taken")
	}
	if _, err := soql.Parse(query); err == nil {
		t.Error("a query above the longest was taken")
	}
}

func TestErrorShowsItsPlaceAsTheServiceDoes(t *testing.T) {
	t.Parallel()
	query := "Select Id, Status, Location, Body from ApexLog"
	e := &soql.Error{Kind: soql.UnknownField, Token: "Body", Object: "ApexLog", Query: query, At: strings.Index(query, "Body")}
	want := "\n" + query + "\n                             ^\nERROR at Row:1:Column:30\n"
	if got := e.Place(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	second := &soql.Error{Query: "SELECT Id\nFROM Ünknown x", At: len("SELECT Id\nFROM Ünknown ")}
	if got, want := second.Place(), "\nFROM Ünknown x\n             ^\nERROR at Row:2:Column:14\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestDateLiteralsAreDaysInUTC(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 31, 23, 30, 0, 0, time.UTC)
	for _, c := range []struct{ word, from, to string }{
		{"TODAY", "2026-03-31", "2026-04-01"},
		{"YESTERDAY", "2026-03-30", "2026-03-31"},
		{"TOMORROW", "2026-04-01", "2026-04-02"},
		{"LAST_N_DAYS:2", "2026-03-29", "2026-04-01"},
		{"NEXT_N_DAYS:2", "2026-04-01", "2026-04-03"},
		{"THIS_MONTH", "2026-03-01", "2026-04-01"},
		{"LAST_MONTH", "2026-02-01", "2026-03-01"},
		{"NEXT_YEAR", "2027-01-01", "2028-01-01"},
	} {
		q, err := soql.Parse("SELECT Id FROM A WHERE B = " + c.word)
		if err != nil {
			t.Fatal(err)
		}
		from, to := q.Where.(soql.Compare).Values[0].Range(now)
		if got := from.Format(time.DateOnly) + " " + to.Format(time.DateOnly); got != c.from+" "+c.to {
			t.Errorf("%s: %s, want %s %s", c.word, got, c.from, c.to)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"SELECT Id FROM A", "SELECT Id, B.C FROM A WHERE (B = 'x' OR C IN (1,2)) AND NOT D LIKE '%' ORDER BY E DESC NULLS LAST LIMIT 1 OFFSET 2",
		"SELECT COUNT() FROM A WHERE B > LAST_N_DAYS:3", `'\`, "SELECT \xff FROM", "((((", "SELECT Id FROM A WHERE B = '\\",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, query string) {
		_, err := soql.Parse(query)
		var e *soql.Error
		if err != nil && (!errors.As(err, &e) || e.At > len(query) || e.Row() < 1 || e.Column() < 1 || e.Place() == "") {
			t.Errorf("%q: %v", query, err)
		}
	})
}
