package main

import (
	"os"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata"
	"github.com/sfconform/sfconform/mocksf/metadata/source"
)

// projectOrg is the org that a deploy of the SFDX project leads to, from the base if
// one is given. What the files do not hold is assumed, as mocksf --project does.
func projectOrg(dir string, base *fixtures.Org) (*fixtures.Org, error) {
	files, err := source.Open(dir, source.Limits{})
	if err != nil {
		return nil, usageError("--project: %w", err)
	}
	defer func() { _ = files.Close() }()
	project, err := metadata.LoadProject(files, metadata.Options{Options: source.Options{Env: os.LookupEnv, Within: files.Within}})
	if err != nil {
		return nil, usageError("--project %s: %w", dir, err)
	}
	org, _, err := project.Org(metadata.OrgOptions{Base: base})
	if err != nil {
		return nil, usageError("--project %s: %w (sfconform lint %s says more)", dir, err, dir)
	}
	if len(project.Apps) == 0 {
		return nil, usageError("--project %s: it holds no External Client App and no Connected App", dir)
	}
	return &org, nil
}
