//go:build unix

package drive_test

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf"
	"github.com/sfconform/sfconform/mocksf/authority"
	"github.com/sfconform/sfconform/mocksf/fault"
	"github.com/sfconform/sfconform/suites/client/drive"
)

// example is a client that stands in the documentation.
type example struct {
	name    string
	command func(t *testing.T) []string
	// lines: it is a driver program, too.
	lines bool
}

// buildGo builds the example in Go once for all tests.
var buildGo = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "driver-example-")
	if err != nil {
		return "", err
	}
	built = dir
	program := filepath.Join(dir, "client")
	return program, exec.Command("go", "build", "-o", program, "./examples/go").Run()
})

// built is the folder to remove at the end.
var built string

var examples = []example{
	{"go", func(t *testing.T) []string {
		t.Helper()
		program, err := buildGo()
		if err != nil {
			t.Fatal(err)
		}
		return []string{program}
	}, true},
	{"node", needs("node", "examples/node/client.mjs"), true},
	{"python", needs("python3", "examples/python/client.py"), true},
	{"shell", needs("sh", "examples/shell/client.sh", "curl", "openssl"), false},
}

func needs(interpreter, script string, tools ...string) func(*testing.T) []string {
	return func(t *testing.T) []string {
		t.Helper()
		for _, tool := range append(tools, interpreter) {
			if _, err := exec.LookPath(tool); err != nil {
				t.Skipf("%s is not installed", tool)
			}
		}
		return []string{interpreter, script}
	}
}

// org starts a fake with TLS, and gives the settings of both flows.
func org(t *testing.T) (server *mocksf.Server, secret, key map[string]string) {
	t.Helper()
	ca, err := authority.New(authority.Options{})
	if err != nil {
		t.Fatal(err)
	}
	server, err = mocksf.New(mocksf.Options{TLS: ca})
	if err == nil {
		err = server.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	c, err := server.Org().Credentials("integration")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, text := range map[string][]byte{"ca.pem": ca.PEM(), "key.pem": []byte(c.PrivateKey)} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	secret = map[string]string{"SF_LOGIN_URL": server.TLSURL(), "SF_CLIENT_ID": c.ClientID, "SF_CA_FILE": filepath.Join(dir, "ca.pem")}
	key = maps.Clone(secret)
	secret["SF_CLIENT_SECRET"] = c.ClientSecret
	key["SF_PRIVATE_KEY_FILE"], key["SF_USERNAME"], key["SF_AUDIENCE"] = filepath.Join(dir, "key.pem"), c.Username, c.MyDomainURL
	return server, secret, key
}

// eachExample runs a test with each example behind each of its doors.
func eachExample(t *testing.T, test func(t *testing.T, d drive.Driver)) {
	t.Helper()
	for _, x := range examples {
		t.Run(x.name+", command", func(t *testing.T) {
			t.Parallel()
			test(t, commandOf(t, drive.CommandOptions{Command: x.command(t), Environ: os.Environ()}))
		})
		if !x.lines {
			continue
		}
		t.Run(x.name+", lines", func(t *testing.T) {
			t.Parallel()
			l, err := drive.NewLines(drive.CommandOptions{Command: append(x.command(t), "--lines"), Environ: os.Environ()})
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			test(t, l)
		})
	}
}

func TestTheExamplesWorkByBothFlowsAndSayWhatIsRefused(t *testing.T) {
	t.Parallel()
	_, secret, key := org(t)
	wrong := maps.Clone(secret)
	wrong["SF_CLIENT_SECRET"] = "wrong & + %"
	refused := fixtures.MustRefusal("client-secret-wrong").Answer
	eachExample(t, func(t *testing.T, d drive.Driver) {
		t.Helper()
		for name, settings := range map[string]map[string]string{"secret": secret, "key": key} {
			r := run(t, d, drive.Job{Operation: "query", Env: settings})
			if !r.Exit.Succeeded() || r.Checks["records"] != 450.0 || len(r.Left) > 0 || len(r.Files) > 0 {
				t.Errorf("%s: %+v %v %s %s, left %v, files %v", name, r.Exit, r.Checks, r.Err, r.Stderr.Text(), r.Left, r.Files)
			}
		}
		r := run(t, d, drive.Job{Operation: "login", Env: wrong})
		said := r.Err + r.Stderr.Text()
		if r.Exit.Code != 1 || !strings.Contains(said, refused.Error+": "+refused.Description) {
			t.Errorf("a wrong secret: %+v, %s", r.Exit, said)
		}
		if strings.Contains(said, wrong["SF_CLIENT_SECRET"]) {
			t.Errorf("the secret is shown: %s", said)
		}
		if operations, err := d.(drive.Prober).Probe(t.Context()); !operations || err != nil {
			t.Errorf("operations %v, %v", operations, err)
		}
	})
}

func TestTheExamplesRenewASessionOnceAndNoMore(t *testing.T) {
	t.Parallel()
	for ends, want := range map[int]struct{ code, logins int }{1: {0, 2}, 100: {1, 2}} {
		eachExample(t, func(t *testing.T, d drive.Driver) {
			t.Helper()
			server, secret, _ := org(t)
			err := server.Org().Faults().Arm(fault.Fault{
				Name: "lapse", Kind: "refusal", Refusal: "session-expired", First: ends, Match: fault.Match{Path: "/services/data/"},
			})
			if err != nil {
				t.Fatal(err)
			}
			r := run(t, d, drive.Job{Operation: "query", Env: secret})
			logins := 0
			for _, x := range server.Org().Journal().Entries(0, 1000) {
				if x.Grant != "" {
					logins++
				}
			}
			if r.Exit.Code != want.code || logins != want.logins {
				t.Errorf("refused %d times: %+v with %d logins, want %+v; %s", ends, r.Exit, logins, want, r.Err+r.Stderr.Text())
			}
		})
	}
}
