package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/spell"
	"github.com/sfconform/sfconform/mocksf/metadata"
	"github.com/sfconform/sfconform/mocksf/metadata/lint"
	"github.com/sfconform/sfconform/mocksf/metadata/source"
)

const lintHelp = `Lint the External Client Apps and Connected Apps of an SFDX project before anybody
deploys them: what cannot work, what works differently than was meant, and what to
change, as a diff where there is one. DIR is the project or a folder in it, a folder
in metadata-API form, a repository with one of them in it, or a zip file. fixtures/LINT.md explains the rules.

--flow says in one line whether the project as it stands would log in; --prove starts
a fake org from it and logs in. Variables of replaceWithEnv are taken from the
environment; a text whose variable is not set is not judged.

Exit codes: 0 no findings of severity error, 1 findings of severity error, or the flow
of --flow would not log in, 2 usage, or a project that cannot be read.`

const lintExamples = `  sfconform lint .
  sfconform lint . --flow client-credentials --prove
  sfconform lint . --fix
  sfconform lint force-app --org org.yaml --sarif > lint.sarif`

// lintFlags are the flags of lint.
type lintFlags struct {
	flow, org, manifest, version string
	prove, fix                   bool
	json, sarif, github          bool
	certDays                     int
}

func newLint(w world) *cobra.Command {
	var f lintFlags
	cmd := &cobra.Command{
		Use: "lint DIR", Short: "Lint the app metadata of an SFDX project", Long: lintHelp, Example: lintExamples,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError("lint takes one project, not %d (sfconform lint . lints the one of this folder)", len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			l, err := f.open(args[0], w)
			if err != nil {
				return err
			}
			defer func() { _ = l.files.Close() }()
			return l.run(cmd.Context())
		},
	}
	set := cmd.Flags()
	set.StringVar(&f.flow, "flow", "", "say whether `FLOW` would log in: client-credentials or jwt-bearer")
	set.BoolVar(&f.prove, "prove", false, "start a fake org from the project and log in by the flow")
	set.BoolVar(&f.fix, "fix", false, "make the changes that are safe")
	set.StringVar(&f.org, "org", "", "the org `FILE` of the org to which the project goes: its users are known then")
	set.StringVar(&f.manifest, "manifest", "", "lint what this package.xml `FILE` deploys")
	set.StringVar(&f.version, "api-version", "", "the API `VERSION` of the deploy (default that of the manifest or project)")
	set.IntVar(&f.certDays, "cert-days", 30, "warn of certificates that end within these `DAYS`")
	set.BoolVar(&f.json, "json", false, "print one JSON object")
	set.BoolVar(&f.sarif, "sarif", false, "print SARIF 2.1.0")
	set.BoolVar(&f.github, "github", false, "print annotations for GitHub Actions")
	return cmd
}

// check refuses flags that do not go together.
func (f lintFlags) check() error {
	known := []string{string(fixtures.ClientCredentials), string(fixtures.JWTBearer)}
	formats := 0
	for _, on := range []bool{f.json, f.sarif, f.github} {
		if on {
			formats++
		}
	}
	switch {
	case f.flow != "" && f.flow != known[0] && f.flow != known[1]:
		if near := spell.Nearest(f.flow, known); near != "" {
			return usageError("--flow %q: did you mean %q?", f.flow, near)
		}
		return usageError("--flow %q: there are %s and %s", f.flow, known[0], known[1])
	case f.prove && f.flow == "":
		return usageError("--prove logs in: say by which --flow")
	case formats > 1:
		return usageError("--json, --sarif and --github are three formats: give one of them")
	case f.certDays < 0:
		return usageError("--cert-days %d is below 0", f.certDays)
	}
	return nil
}

// linter is one lint of one project.
type linter struct {
	flags   lintFlags
	w       world
	files   *source.Opened
	options metadata.Options
	org     *fixtures.Org
}

// open reads what the flags name, and not yet the project.
func (f lintFlags) open(dir string, w world) (*linter, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	l := &linter{flags: f, w: w, options: metadata.Options{AllowUnset: true}}
	l.options.Env = func(name string) (string, bool) {
		value := w.env(name)
		return value, value != ""
	}
	if f.version != "" {
		version, err := source.ParseVersion(f.version)
		if err != nil {
			return nil, usageError("--api-version: %w", err)
		}
		l.options.Version = version
	}
	if f.manifest != "" {
		data, err := w.readFile(f.manifest)
		if err != nil {
			return nil, usageError("--manifest: %w", err)
		}
		if l.options.Manifest, err = source.ParseManifest(f.manifest, data); err != nil {
			return nil, usageError("--manifest: %w", err)
		}
	}
	if f.org != "" {
		data, err := w.readFile(f.org)
		if err != nil {
			return nil, usageError("--org: %w", err)
		}
		org, _, err := fixtures.LoadOrg(f.org, data, w.readFile)
		if err != nil {
			return nil, usageError("--org: %w", err)
		}
		l.org = &org
	}
	var err error
	if l.files, err = source.Open(dir, source.Limits{}); err != nil {
		return nil, usageError("lint: %w", err)
	}
	l.options.Within = l.files.Within
	if warning := l.files.Warning(); warning != "" {
		_, _ = fmt.Fprintln(w.stderr, "sfconform: warning:", warning)
	}
	return l, nil
}

// read reads the project and holds it to the rules.
func (l *linter) read() (*metadata.Project, []lint.Finding, error) {
	p, err := metadata.LoadProject(l.files, l.options)
	if err != nil {
		return nil, nil, usageError("lint %s: %w", l.files.Root, err)
	}
	clients, err := lint.ClientFiles(l.files)
	if err != nil {
		return nil, nil, usageError("lint %s: %w", l.files.Root, err)
	}
	return p, lint.Run(p, lint.Options{Org: l.org, Now: l.w.now(), CertDays: l.flags.certDays, Clients: clients}), nil
}

// path is where a file of the project is, as seen from here.
func (l *linter) path(name string) string {
	return filepath.Join(l.files.Root, filepath.FromSlash(name))
}

// isFolder says whether the project is a folder, whose files can be changed.
func (l *linter) isFolder() bool {
	info, err := os.Stat(l.files.Root)
	return err == nil && info.IsDir()
}

// counted is "1 error" or "2 errors".
func counted(n int, what string) string {
	if n == 1 {
		return fmt.Sprintf("1 %s", what)
	}
	return fmt.Sprintf("%d %ss", n, what)
}
