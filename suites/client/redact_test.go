package client_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/suites/client/drive"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/scenario"
)

func TestASecretInAnErrorOfTheDriverIsRedactedToo(t *testing.T) {
	t.Parallel()
	d := fake(oneLogin)
	d.run = func(ctx context.Context, job drive.Job, next drive.Driver) (evidence.Run, error) {
		if job.Scenario == scenario.SecretRefused {
			return evidence.Run{}, fmt.Errorf("cannot start with SF_CLIENT_SECRET=%s", job.Env["SF_CLIENT_SECRET"])
		}
		return next.Run(ctx, job)
	}
	r := run(t, options(d, scenario.SecretRefused))
	if len(r.Errors) != 1 || !strings.HasSuffix(r.Errors[0], "SF_CLIENT_SECRET=<consumer secret>") {
		t.Errorf("the errors are %q", r.Errors)
	}
}
