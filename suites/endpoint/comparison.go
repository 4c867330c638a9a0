package endpoint

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"github.com/sfconform/sfconform/fixtures"
)

// Row is one difference between what the fake answers and what a live org answered.
type Row struct {
	Case     fixtures.CaseID `json:"case"`
	Door     string          `json:"door"`
	What     string          `json:"what"`
	Expected string          `json:"expected"`
	Seen     string          `json:"seen"`
}

// Comparison is every difference of the report, sorted by case.
func (r Report) Comparison() []Row {
	rows := []Row{}
	for _, result := range r.Results {
		for _, d := range result.Differences {
			rows = append(rows, Row{result.Case, result.Door, d.What, d.Expected, d.Seen})
		}
	}
	slices.SortStableFunc(rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(a.Case, b.Case), cmp.Compare(a.Door, b.Door), cmp.Compare(a.What, b.What))
	})
	return rows
}

// WriteComparison writes the rows as a table for people.
func WriteComparison(w io.Writer, rows []Row) error {
	if len(rows) == 0 {
		_, err := fmt.Fprintln(w, "no difference")
		return err
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	if _, err := fmt.Fprintln(t, "CASE\tDOOR\tWHAT\tEXPECTED (FAKE)\tSEEN (LIVE)"); err != nil {
		return err
	}
	for _, row := range rows {
		if _, err := fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", row.Case, row.Door, row.What, shorten(row.Expected), shorten(row.Seen)); err != nil {
			return err
		}
	}
	return t.Flush()
}
