// Package selftest_test is the proof of the referee: the client suite judges a client
// that breaks exactly one requirement, for each must that is judged, and has to find
// that one and no other (facts: client requirements, section 3.4).
package selftest_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client"
	"github.com/sfconform/sfconform/suites/client/drive"
	"github.com/sfconform/sfconform/suites/client/judge"
	"github.com/sfconform/sfconform/suites/client/report"
)

// The programs that are judged.
const (
	brokenClient    = "suites/client/broken"
	referenceClient = "cmd/sfclient"
)

// built are the paths of the programs, by where they are in the module.
var built = map[string]string{}

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "selftest")
	if err == nil {
		err = build(dir, brokenClient, referenceClient)
	}
	code := 1
	if err == nil {
		code = m.Run()
	} else {
		fmt.Fprintln(os.Stderr, err)
	}
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

func build(dir string, programs ...string) error {
	for _, program := range programs {
		built[program] = filepath.Join(dir, filepath.Base(program))
		out, err := exec.Command("go", "build", "-o", built[program], "github.com/sfconform/sfconform/"+program).CombinedOutput()
		if err != nil {
			return fmt.Errorf("building %s: %w: %s", program, err, out)
		}
	}
	return nil
}

// giveUp is more than the clients' own time-outs need, and short for one that has none.
const giveUp = 8 * time.Second

func bothFlows() []fixtures.Flow {
	return []fixtures.Flow{fixtures.ClientCredentials, fixtures.JWTBearer}
}

// judged is the report on a client over all scenarios of the flows.
func judged(t *testing.T, flows []fixtures.Flow, command ...string) *report.Report {
	t.Helper()
	d, err := drive.NewCommand(drive.CommandOptions{
		Command: command, Environ: os.Environ(), Operations: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	r, err := client.Run(ctx, client.Options{
		Driver: d, Mode: "command", Command: command, GiveUp: giveUp, Seed: 1, Flows: flows,
	})
	switch {
	case err != nil:
		t.Fatal(err)
	case r.Interrupted:
		t.Fatal("the run was not finished in time")
	case len(r.Errors) > 0:
		t.Fatalf("the harness failed: %s", strings.Join(r.Errors, "; "))
	}
	return r
}

// judgedMusts are the requirements that need a broken client, in the order of the catalogue.
func judgedMusts() []fixtures.Requirement {
	return slices.DeleteFunc(slices.Clone(fixtures.Requirements()), func(r fixtures.Requirement) bool {
		return r.Severity != fixtures.SeverityMust || r.Unjudged != "" || len(judge.For(r.ID)) == 0
	})
}

// seen says what decided a verdict, for a failure's message.
func seen(r report.Result) string {
	text := r.Reason
	for _, f := range r.Findings {
		text += fmt.Sprintf("\n\t%s, %s: %s", f.Scenario, f.Flow, f.Seen)
	}
	return text
}
