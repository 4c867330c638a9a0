package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"

	"github.com/sfconform/sfconform/suites/client/canary"
	"github.com/sfconform/sfconform/suites/client/config"
	"github.com/sfconform/sfconform/suites/client/drive"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/stage"
	sheet "github.com/sfconform/sfconform/suites/report"
)

// witness remembers what a client printed when it was first started: where it never
// calls, that is all there is to show.
type witness struct {
	drive.Driver

	mu   sync.Mutex
	text []string
}

// mostWitnessed is how many starts are remembered: one of each flow.
const mostWitnessed = 2

// Run starts the client, and remembers what it printed if it is one of the first.
func (w *witness) Run(ctx context.Context, job drive.Job) (evidence.Run, error) {
	run, err := w.Driver.Run(ctx, job)
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.text) < mostWitnessed {
		w.text = append(w.text, whatItPrinted(run, secretsOf(job.Env)))
	}
	return run, err
}

// secretsOf are the secrets among settings.
func secretsOf(env map[string]string) *canary.Set {
	set := &canary.Set{}
	set.Add("consumer secret", env[stage.ClientSecret])
	if key, err := os.ReadFile(env[stage.PrivateKeyFile]); err == nil {
		set.Add("private key", string(key))
	}
	return set
}

// mostPrinted is how much of a client's output is shown.
const mostPrinted = 1000

// whatItPrinted is how a start ended and what it printed, without secrets.
func whatItPrinted(run evidence.Run, secrets *canary.Set) string {
	how := fmt.Sprintf("it ended with exit code %d", run.Exit.Code)
	switch {
	case run.Exit.TimedOut:
		how = "it had not ended when its time was up"
	case run.Exit.Signal != "":
		how = "it was ended by the signal " + run.Exit.Signal
	}
	said := strings.TrimSpace(secrets.RedactString(run.Stdout.Text() + "\n" + run.Stderr.Text() + "\n" + run.Err))
	if said == "" {
		return how + " and printed nothing"
	}
	if len(said) > mostPrinted {
		said = strings.ToValidUTF8(said[len(said)-mostPrinted:], "")
	}
	how += " and printed:"
	for line := range strings.SplitSeq(sheet.Printable(said), "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		how += "\n  | " + sheet.Inert(line)
	}
	return how
}

const usualReasons = `The usual reasons:
  - It reads its settings from variables of other names: give it those, as in
    --env SALESFORCE_TOKEN_URL='${SF_LOGIN_URL}/services/oauth2/token' --env SALESFORCE_CLIENT_ID='${SF_CLIENT_ID}'
  - It does not trust the harness's authority: have it read the file SF_CA_FILE, or try --http
  - Salesforce's host names are built into it: add --via proxy`

const driversReasons = `The usual reasons:
  - It reads its settings from its own environment: in this mode each request brings them, in "env"
  - Its answers wait in a buffer: flush the standard output after each line
  - It does not trust the harness's authority: have it read the file SF_CA_FILE of the request, or try --http
suites/client/drive/DRIVERS.md has the protocol; drivers in Go, Node and Python stand beside it.`

// silent says of a client that never asked for a token what it printed, and why that
// may be.
func (p *plan) silent(err error) error {
	var b strings.Builder
	b.WriteString(err.Error())
	if p.seen != nil {
		for i, text := range p.seen.text {
			if i == 0 || text != p.seen.text[i-1] {
				b.WriteString("\nWhen it was started, " + text)
			}
		}
	}
	reasons := usualReasons
	if p.settings.Client.Mode == config.Driver {
		reasons = driversReasons
	}
	return errors.New(strings.TrimPrefix(b.String(), "client: ") + "\n" + reasons)
}
