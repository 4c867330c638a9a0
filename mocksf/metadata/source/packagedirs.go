package source

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// packageDir is one entry of packageDirectories.
type packageDir struct {
	Path    *string `json:"path"`
	Package text    `json:"package"`
	Default *truth  `json:"default"`
}

// addFolders takes the package directories, and refuses those that Salesforce's CLI
// refuses (npm @salesforce/core, SfProjectJson.getPackageDirectoriesSync). It takes
// one outside the project, which is not read here.
func (c *Config) addFolders(dirs []packageDir) error {
	defaults := 0
	for i, d := range dirs {
		folder, problem := d.folder()
		if problem != "" {
			return &FileError{Path: ConfigFile, Message: fmt.Sprintf("packageDirectories[%d]: %s", i, problem)}
		}
		if d.Default != nil && bool(*d.Default) {
			defaults++
		}
		if d.Package != "" {
			c.Packages = append(c.Packages, folder)
		}
		if !slices.Contains(c.Folders, folder) {
			c.Folders = append(c.Folders, folder)
		}
	}
	problem := ""
	switch {
	case len(dirs) == 0:
		problem = `packageDirectories is missing or empty: give at least one, [{"path": "force-app", "default": true}]`
	case len(dirs) == 1 && dirs[0].Default != nil && !bool(*dirs[0].Default):
		problem = `packageDirectories: the only one has "default": false, which Salesforce's CLI refuses: leave it out`
	case len(dirs) > 1 && defaults == 0:
		problem = `packageDirectories: none of them is the default, which Salesforce's CLI demands: give one "default": true`
	case defaults > 1:
		problem = fmt.Sprintf(`packageDirectories: %d of them are the default, and Salesforce's CLI takes one: leave one "default": true`, defaults)
	}
	if problem != "" {
		return &FileError{Path: ConfigFile, Message: problem}
	}
	return nil
}

// folder is the entry's path within the project, or what is wrong with it. An
// empty path is the project itself.
func (d packageDir) folder() (folder, problem string) {
	if d.Path == nil {
		return "", `path is missing: name the folder, {"path": "force-app"}`
	}
	folder = path.Clean(strings.ReplaceAll(*d.Path, `\`, "/"))
	switch {
	case path.IsAbs(folder):
		return "", fmt.Sprintf("%q is no folder inside the project: write it relative to the project", *d.Path)
	case !fs.ValidPath(folder):
		return "", fmt.Sprintf("%q is no folder inside the project, and nothing outside is read: name the folder above both as the project", *d.Path)
	}
	return folder, ""
}
