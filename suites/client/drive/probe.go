package drive

import (
	"context"
	"fmt"
	"regexp"
	"sync/atomic"

	"github.com/sfconform/sfconform/suites/client/evidence"
)

// ProbeOperation is an operation that no client has.
const ProbeOperation = "no-such-operation"

// Prober is a driver that can find out whether its client heeds operations.
type Prober interface {
	// Probe asks for an operation that no client has. It changes what Traits say.
	Probe(ctx context.Context) (operations bool, err error)
}

var (
	_ Prober = (*Command)(nil)
	_ Prober = (*Func)(nil)
)

// operations says whether the client is known to heed them.
type operations struct{ atomic.Bool }

// probe starts the client of a driver that tells 127 from all else by itself.
func (o *operations) probe(ctx context.Context, d Driver) (bool, error) {
	run, err := d.Run(ctx, Job{Scenario: "probe", Operation: ProbeOperation, Env: probeSettings, Limit: defaultProbe})
	if err != nil {
		return false, err
	}
	o.Store(run.Exit.Unsupported)
	return run.Exit.Unsupported, nil
}

// probeSettings lead nowhere: a client that does not heed the operation must not
// take settings of its own and reach somebody's org.
var probeSettings = map[string]string{
	"SF_LOGIN_URL": "https://127.0.0.1:1", "SF_TOKEN_URL": "https://127.0.0.1:1/services/oauth2/token",
	"SF_CLIENT_ID": "probe", "SF_CLIENT_SECRET": "probe", "SF_API_VERSION": "v1.0",
}

// notFound is how shells and env say that a command does not exist, for which they
// end with 127 as well (POSIX sh, "Exit Status for Commands").
var notFound = regexp.MustCompile(`(?i)not found|no such file or directory|cannot find|not recognized`)

// Probe starts the client with an invented operation. If it ends with 127 it heeds
// CHECK_OPERATION; anything else means that it does what it does. Since a shell ends
// with 127 as well when a command is missing, a client that seems to say so is
// started once more, to log in: 127 again is a *CommandError.
func (c *Command) Probe(ctx context.Context) (operations bool, err error) {
	run, err := c.probe(ctx, ProbeOperation)
	if err != nil {
		return false, err
	}
	if run.Exit.Unsupported && notFound.Match(run.Stderr.Head) {
		if run, err = c.probe(ctx, "login"); err != nil {
			return false, err
		}
		if run.Exit.Unsupported {
			return false, &CommandError{
				Name: c.options.Command[0], Path: c.path,
				Problem: fmt.Sprintf("ends with 127 whatever it is asked for, and says %q", firstLine(run.Stderr.Head)),
				Fix:     "a shell does so when a command is not found: start it by hand from an empty folder",
			}
		}
		run.Exit.Unsupported = true
	}
	c.operations.Store(run.Exit.Unsupported)
	return run.Exit.Unsupported, nil
}

func (c *Command) probe(ctx context.Context, operation string) (evidence.Run, error) {
	return c.Run(ctx, Job{Scenario: "probe", Operation: operation, Env: probeSettings, Limit: c.options.ProbeLimit})
}

func firstLine(text []byte) string {
	const most = 200
	text = text[:min(len(text), most)]
	for i, b := range text {
		if b == '\n' {
			return string(text[:i])
		}
	}
	return string(text)
}
