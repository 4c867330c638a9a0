package selftest_test

import (
	"flag"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// The whole matrix takes minutes, so that a plain run takes a sample of it.
var (
	brokenFlag = flag.String("broken", "sample", "which broken clients are judged: all, sample, or ids between commas")
	firstFlag  = flag.Int("broken.first", 1, "where in the list of all the sample begins")
	flowsFlag  = flag.String("broken.flows", "one", "in which flows each of them is judged: one or both")
)

// sampled is how many faults a sample has.
const sampled = 6

// oneFlow are the faults that show in one flow only, although their requirements hold
// for both.
var oneFlow = map[fixtures.RequirementID]fixtures.Flow{
	"req-single-client-auth": fixtures.ClientCredentials, // the other has no secret that could be sent twice
}

// hidden are the musts that nothing can show of a client with a fault, which must not
// be failed all the same.
var hidden = map[fixtures.RequirementID][]fixtures.RequirementID{
	// No session can end in mid-work that is used for one call.
	"cache-token-reused": {"resp-no-expires-in", "session-mid-pagination"},
}

func TestEachFaultFailsItsOwnRequirementAndNoOther(t *testing.T) {
	table := &strings.Builder{}
	fmt.Fprintf(table, "\n%-28s %-14s %s\n", "fault", "verdict", "other musts that are not passed")
	for _, must := range chosenMusts(t) {
		t.Run(string(must.ID), func(t *testing.T) {
			r := judged(t, flowsFor(must), built[brokenClient], string(must.ID))
			checkOwn(t, must, r)
			fmt.Fprintf(table, "%-28s %-14s %s\n", must.ID, result(r, must.ID).Verdict, strings.Join(checkOthers(t, must, r), ", "))
		})
	}
	t.Log(table.String())
}

// flowsFor are those under which a fault is looked for: one is enough to see that the
// judge can fail.
func flowsFor(must fixtures.Requirement) []fixtures.Flow {
	switch {
	case *flowsFlag == "both":
		return bothFlows()
	case must.AppliesTo(fixtures.ClientCredentials):
		return []fixtures.Flow{fixtures.ClientCredentials}
	}
	return []fixtures.Flow{fixtures.JWTBearer}
}

// chosenMusts are those that the flag names.
func chosenMusts(t *testing.T) []fixtures.Requirement {
	t.Helper()
	all := judgedMusts()
	switch *brokenFlag {
	case "all":
		return all
	case "sample":
		var some []fixtures.Requirement
		for n := range sampled {
			some = append(some, all[(*firstFlag+n*len(all)/sampled)%len(all)])
		}
		return some
	}
	ids := strings.Split(*brokenFlag, ",")
	named := slices.DeleteFunc(all, func(r fixtures.Requirement) bool { return !slices.Contains(ids, string(r.ID)) })
	if len(named) != len(ids) {
		t.Fatalf("-broken is %q: use all, sample, or ids of musts that are judged", *brokenFlag)
	}
	return named
}

func result(r *report.Report, id fixtures.RequirementID) report.Result {
	at := slices.IndexFunc(r.Results, func(one report.Result) bool { return one.ID == id })
	return r.Results[at]
}

// checkOwn wants the requirement failed, in each flow that it holds for.
func checkOwn(t *testing.T, must fixtures.Requirement, r *report.Report) {
	t.Helper()
	own := result(r, must.ID)
	if own.Verdict != verdict.Fail {
		t.Errorf("it is %s, not failed: %s", own.Verdict, seen(own))
		return
	}
	for _, flow := range r.Run.Flows {
		only, limited := oneFlow[must.ID]
		shown := slices.ContainsFunc(own.Findings, func(f report.Finding) bool { return f.Flow == flow })
		if wanted := must.AppliesTo(flow) && (!limited || only == flow); wanted != shown {
			t.Errorf("in the flow %s it is failed: %t; want %t: %s", flow, shown, wanted, seen(own))
		}
	}
}

// checkOthers wants no other must failed, or hidden by the fault, and says which are.
func checkOthers(t *testing.T, must fixtures.Requirement, r *report.Report) []string {
	t.Helper()
	var others []string
	for _, one := range r.Results {
		if one.ID == must.ID || one.Severity != fixtures.SeverityMust {
			continue
		}
		isHidden := one.Verdict == verdict.Inconclusive && slices.Contains(hidden[must.ID], one.ID)
		switch one.Verdict {
		case verdict.Fail, verdict.Inconclusive, verdict.HarnessError:
			if isHidden {
				continue
			}
			others = append(others, fmt.Sprintf("%s (%s)", one.ID, one.Verdict))
			t.Errorf("%s is %s as well: %s", one.ID, one.Verdict, seen(one))
		default:
		}
	}
	return others
}

func TestEachJudgedMustHasAFaultAndNoFaultIsOfAnythingElse(t *testing.T) {
	t.Parallel()
	out, err := exec.Command(built[brokenClient], "--list").Output()
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		id, wrong, _ := strings.Cut(line, " ")
		listed[id] = true
		if _, known := fixtures.RequirementByID(fixtures.RequirementID(id)); !known {
			t.Errorf("there is no requirement %q", id)
		}
		if strings.TrimSpace(wrong) == "" {
			t.Errorf("%s: nothing says what is wrong", id)
		}
	}
	for _, must := range judgedMusts() {
		if !listed[string(must.ID)] {
			t.Errorf("no broken client shows that %s is judged", must.ID)
		}
	}
}

func TestAnUnknownFaultIsRefusedWithTheNearest(t *testing.T) {
	t.Parallel()
	out, err := exec.Command(built[brokenClient], "session-no-lop").CombinedOutput()
	if err == nil || !strings.Contains(string(out), `"session-no-loop"`) {
		t.Errorf("it ended with %v and said %q", err, out)
	}
}
