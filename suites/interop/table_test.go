package interop_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"
)

// table gathers what the clients did.
type table struct {
	mu   sync.Mutex // guards rows
	rows []row
}

// row is what one client did in one situation.
type row struct {
	client, way, situation, shown string
	passed                        bool
}

// results are those of all tests. They are written to the file that
// SFCONFORM_INTEROP_TABLE names when the last one ends.
var results table

func TestMain(m *testing.M) {
	code := m.Run()
	if file := os.Getenv("SFCONFORM_INTEROP_TABLE"); file != "" {
		if err := os.WriteFile(file, []byte(results.String()), 0o600); err != nil {
			_, _ = fmt.Fprintln(os.Stderr, "interop:", err)
			code = 1
		}
	}
	os.Exit(code)
}

// try runs one situation as a test and notes what the client showed in it.
func try(t *testing.T, r row, do func(t *testing.T) (shown string)) {
	t.Helper()
	t.Run(r.situation, func(t *testing.T) {
		t.Parallel()
		t.Cleanup(func() {
			r.passed = !t.Failed()
			results.add(r)
		})
		r.shown = do(t)
	})
}

func (r *table) add(one row) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.rows = append(r.rows, one)
}

// String is the table and the line that counts it.
func (r *table) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	slices.SortFunc(r.rows, func(a, b row) int {
		return strings.Compare(a.client+"\t"+a.way+"\t"+a.situation, b.client+"\t"+b.way+"\t"+b.situation)
	})
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(w, "CLIENT\tFLOW\tSITUATION\tOUTCOME\tSHOWN")
	count := map[bool]int{}
	for _, one := range r.rows {
		count[one.passed]++
		outcome := map[bool]string{true: "passed", false: "FAILED"}[one.passed]
		_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", one.client, one.way, one.situation, outcome, oneLine(one.shown))
	}
	_ = w.Flush()
	fmt.Fprintf(&b, "\n%d passed, %d failed\n", count[true], count[false])
	return b.String()
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
