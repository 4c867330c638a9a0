package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata"
)

const exportHelp = `Export the External Client Apps of an org file as an SFDX project, so that an
integrator starts from files that are known to be right. Consumer keys and secrets are
left out: the org of the deploy makes its own. Refresh tokens that are valid until
revoked become valid for 30 days. Connected Apps are left out.`

const exportExamples = `  sfconform export --org org.yaml --out my-project
  sfconform lint my-project --flow client-credentials --prove`

func newExport(w world) *cobra.Command {
	var org, out string
	cmd := &cobra.Command{
		Use: "export --org FILE --out DIR", Short: "Export the apps of an org file as an SFDX project", Long: exportHelp, Example: exportExamples,
		Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			if org == "" || out == "" {
				return usageError("export needs --org FILE and --out DIR")
			}
			files, err := exportOf(org, w)
			if err != nil {
				return err
			}
			if err := writeProject(out, files); err != nil {
				return usageError("--out: %w", err)
			}
			_, err = fmt.Fprintf(w.stdout, "%s: %s written\n", out, counted(len(files), "file"))
			return err
		},
	}
	cmd.Flags().StringVar(&org, "org", "", "the org `FILE`")
	cmd.Flags().StringVar(&out, "out", "", "the `DIR` to write to: a new or an empty one")
	return cmd
}

func exportOf(file string, w world) (map[string][]byte, error) {
	data, err := w.readFile(file)
	if err != nil {
		return nil, usageError("--org: %w", err)
	}
	org, _, err := fixtures.LoadOrg(file, data, w.readFile)
	if err != nil {
		return nil, usageError("--org: %w", err)
	}
	external := slices.ContainsFunc(slices.Collect(maps.Values(org.Apps)), func(a fixtures.App) bool { return a.Kind == fixtures.ExternalClientApp })
	if !external {
		return nil, usageError("--org: %s holds no External Client App", file)
	}
	files, err := metadata.Export(org)
	if err != nil {
		return nil, usageError("--org: %w", err)
	}
	return files, nil
}

// writeProject writes files into a folder that has none: nothing of anybody's is replaced.
func writeProject(dir string, files map[string][]byte) error {
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return fmt.Errorf("%s is not empty", dir)
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			return err
		}
		if err := os.WriteFile(path, files[name], 0o644); err != nil { //nolint:gosec // metadata for a repository, without secrets
			return err
		}
	}
	return nil
}
