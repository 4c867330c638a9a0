package authority_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/mocksf/authority"
)

// Clients of another make than Go, as they are installed: they are the second opinion.

func TestOpenSSLVerifiesAndRefusesEachFault(t *testing.T) {
	t.Parallel()
	a := fresh(t)
	verify := func(f authority.Fault, strictness ...string) (string, int) {
		args := []string{
			"s_client", "-connect", serve(t, "127.0.0.1:0", a.Config(f)).String(), "-servername", myDomain,
			"-verify_hostname", myDomain, "-verify_return_error", "-CAfile", trusted(t, a),
		}
		return run(t, "openssl", append(args, strictness...)...)
	}
	if out, code := verify("", "-x509_strict"); code != 0 || !strings.Contains(out, "Verify return code: 0 (ok)") {
		t.Errorf("exit %d:\n%s", code, out)
	}
	for _, r := range refusals {
		if out, code := verify(r.fault); code == 0 || !strings.Contains(out, r.openssl) {
			t.Errorf("%s: exit %d:\n%s", r.fault, code, out)
		}
	}
	// At its lowest security level it takes both, so that the level is all that they fail by.
	for _, fault := range []authority.Fault{authority.WeakKey, authority.TLS10Only} {
		if out, code := verify(fault, "-cipher", "DEFAULT@SECLEVEL=0"); code != 0 {
			t.Errorf("%s at level 0: exit %d:\n%s", fault, code, out)
		}
	}
}

func TestCurlVerifiesAndRefusesEachFault(t *testing.T) {
	t.Parallel()
	a := fresh(t)
	get := func(f authority.Fault, host string) (string, int) {
		address := serve(t, "127.0.0.1:0", a.Config(f)).String()
		return run(t, "curl", "-sS", "--noproxy", "*", "--cacert", trusted(t, a), "--connect-to", "::"+address, "https://"+host+"/")
	}
	for _, host := range []string{myDomain, "localhost", "127.0.0.1", "[::1]"} {
		if out, code := get("", host); code != 0 || !strings.HasPrefix(out, "served") {
			t.Errorf("%s: exit %d: %s", host, code, out)
		}
	}
	for _, r := range refusals {
		if out, code := get(r.fault, myDomain); code != r.curlExit || !strings.Contains(out, r.curl) {
			t.Errorf("%s: exit %d, want %d: %s", r.fault, code, r.curlExit, out)
		}
	}
}

// trusted is the root in a file.
func trusted(t *testing.T, a *authority.Authority) string {
	t.Helper()
	return write(t, "root.pem", a.PEM())
}

func write(t *testing.T, name string, data []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// run gives what a program prints on both outputs, and its exit code.
func run(t *testing.T, name string, args ...string) (string, int) {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%s is not installed", name)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Stdin = strings.NewReader("")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err = cmd.Run()
	if _, ended := errors.AsType[*exec.ExitError](err); err != nil && !ended {
		t.Fatal(err)
	}
	return out.String(), cmd.ProcessState.ExitCode()
}
