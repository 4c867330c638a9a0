package source

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/sfconform/sfconform/mocksf/metadata/xmltree"
)

// ConfigFile is the file that makes a folder an SFDX project.
const ConfigFile = "sfdx-project.json"

// Config is what sfdx-project.json says of a project's sources.
type Config struct {
	// Name is the project's name, if it has one.
	Name string
	// Folders are the package directories, relative to the project.
	Folders []string
	// Packages are those of the folders that belong to a package.
	Packages []string
	// Version is the major number of sourceApiVersion; 0 if there is none.
	Version      int
	Replacements []Replacement
}

// Replacement is one entry of "replacements": text that Salesforce's CLI puts in
// the place of other text while it deploys.
type Replacement struct {
	Filename              string      `json:"filename"`
	Glob                  string      `json:"glob"`
	StringToReplace       *string     `json:"stringToReplace"`
	RegexToReplace        *string     `json:"regexToReplace"`
	ReplaceWithEnv        *string     `json:"replaceWithEnv"`
	ReplaceWithFile       *string     `json:"replaceWithFile"`
	AllowUnsetEnvVariable bool        `json:"allowUnsetEnvVariable"`
	ReplaceWhenEnv        []Condition `json:"replaceWhenEnv"`
}

// Condition holds where the variable has the value.
type Condition struct {
	Env   string `json:"env"`
	Value any    `json:"value"`
}

// FileError says what is wrong with a file of the project as a whole.
type FileError struct {
	Path string
	xmltree.Place
	Message string
}

// Error is the message as PATH:LINE:COL: message.
func (e *FileError) Error() string {
	if e.Line == 0 {
		return e.Path + ": " + e.Message
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.Path, e.Line, e.Col, e.Message)
}

// parseConfig reads sfdx-project.json as Salesforce's CLI does: a byte order mark is
// passed over, as JavaScript's trim does, and what its schema only warns of is
// taken. The error is a *FileError.
func parseConfig(data []byte) (Config, error) {
	var c Config
	var name, version text
	var dirs []packageDir
	err := readObject(bytes.TrimPrefix(data, []byte("\ufeff")), map[string]any{
		"name": &name, "sourceApiVersion": &version, "packageDirectories": &dirs, "replacements": &c.Replacements,
	})
	if err != nil {
		return c, err
	}
	c.Name = string(name)
	if version != "" {
		if c.Version, err = ParseVersion(string(version)); err != nil {
			return c, &FileError{Path: ConfigFile, Message: "sourceApiVersion: " + err.Error()}
		}
	}
	if err := c.addFolders(dirs); err != nil {
		return c, err
	}
	return c, checkReplacements(c.Replacements)
}

// checkReplacements refuses entries that cannot be made. Where both of a pair are
// given Salesforce's schema only warns, and its CLI takes them by the rules of
// [replacer].
func checkReplacements(list []Replacement) error {
	for i, r := range list {
		problem := ""
		switch {
		case r.Filename == "" && r.Glob == "":
			problem = "give either filename or glob"
		case r.StringToReplace == nil && r.RegexToReplace == nil:
			problem = "give either stringToReplace or regexToReplace"
		case r.ReplaceWithEnv == nil && r.ReplaceWithFile == nil:
			problem = "give either replaceWithEnv or replaceWithFile"
		}
		if problem != "" {
			return &FileError{Path: ConfigFile, Message: fmt.Sprintf("replacements[%d]: %s", i, problem)}
		}
	}
	return nil
}

// ParseVersion reads an API version, "66.0" or "66", and returns its major number.
func ParseVersion(text string) (int, error) {
	major, minor, _ := strings.Cut(strings.TrimSpace(text), ".")
	n, err := strconv.Atoi(major)
	if err != nil || n < 1 || n > 999 || strings.Trim(minor, "0") != "" {
		return 0, fmt.Errorf(`%.20q is no API version: write it as "66.0"`, text)
	}
	return n, nil
}
