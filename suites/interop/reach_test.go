package interop_test

import (
	"slices"
	"testing"
)

// The clients have the production names and verify as they always do: only the
// environment leads them to the fake.

func TestClientsMeetTheFakeUnderProductionNamesAndVerifyIt(t *testing.T) {
	t.Parallel()
	mocksf := buildMocksf(t)
	ways := map[string]surroundings{"mocksf exec": underExec, "mocksf env": afterEnv}
	for _, c := range reachers(t) {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.require(t)
			for _, e := range entrances {
				if !e.opens(c) {
					continue
				}
				t.Run(e.name, func(t *testing.T) {
					t.Parallel()
					for name, surround := range ways {
						try(t, row{client: c.name, way: e.name, situation: "reads a record through " + name}, func(t *testing.T) string {
							t.Helper()
							return c.reads(t, e.entry(t), mocksf, surround)
						})
					}
				})
			}
		})
	}
}

// reads checks that the client reads its own user, and asked the right hosts for it.
func (c reacher) reads(t *testing.T, e entry, mocksf string, surround surroundings) string {
	t.Helper()
	o := surround(t, mocksf, c, c.command(e), "--seed", "1", "--app", e.setup.App)
	if o.failed || o.printed != e.setup.User {
		t.Fatalf("printed %q, want %q; it says:\n%s", o.printed, e.setup.User, o.said)
	}
	if !slices.Contains(o.journal, exchange{e.loginHost, tokenPath}) {
		t.Errorf("no token was asked for at %s: %v", e.loginHost, o.journal)
	}
	if last := o.journal[len(o.journal)-1]; last.Host != e.instanceHost {
		t.Errorf("it read at %s, want %s", last.Host, e.instanceHost)
	}
	return o.printed
}
