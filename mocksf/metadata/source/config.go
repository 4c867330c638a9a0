package source

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
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

// parseConfig reads sfdx-project.json. The error is a *FileError.
func parseConfig(data []byte) (Config, error) {
	var raw struct {
		Name               string `json:"name"`
		SourceAPIVersion   string `json:"sourceApiVersion"`
		PackageDirectories []struct {
			Path    string `json:"path"`
			Package string `json:"package"`
		} `json:"packageDirectories"`
		Replacements []Replacement `json:"replacements"`
	}
	if err := json.Unmarshal(data, &raw); err != nil {
		return Config{}, jsonError(data, err)
	}
	c := Config{Name: raw.Name, Replacements: raw.Replacements}
	if raw.SourceAPIVersion != "" {
		version, err := ParseVersion(raw.SourceAPIVersion)
		if err != nil {
			return c, &FileError{Path: ConfigFile, Message: "sourceApiVersion: " + err.Error()}
		}
		c.Version = version
	}
	for i, d := range raw.PackageDirectories {
		folder := path.Clean(strings.ReplaceAll(d.Path, `\`, "/"))
		if d.Path == "" || !fs.ValidPath(folder) {
			return c, &FileError{Path: ConfigFile, Message: fmt.Sprintf("packageDirectories[%d]: %q is no folder inside the project", i, d.Path)}
		}
		c.Folders = append(c.Folders, folder)
		if d.Package != "" {
			c.Packages = append(c.Packages, folder)
		}
	}
	if len(c.Folders) == 0 {
		return c, &FileError{Path: ConfigFile, Message: `packageDirectories is missing or empty: give at least one, [{"path": "force-app", "default": true}]`}
	}
	return c, checkReplacements(c.Replacements)
}

// checkReplacements holds each entry to one of each pair, as Salesforce's schema does.
func checkReplacements(list []Replacement) error {
	for i, r := range list {
		problem := ""
		switch {
		case (r.Filename == "") == (r.Glob == ""):
			problem = "give either filename or glob"
		case (r.StringToReplace == nil) == (r.RegexToReplace == nil):
			problem = "give either stringToReplace or regexToReplace"
		case (r.ReplaceWithEnv == nil) == (r.ReplaceWithFile == nil):
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

// jsonError is a JSON error with its place in the file.
func jsonError(data []byte, err error) error {
	e := &FileError{Path: ConfigFile, Message: strings.TrimPrefix(err.Error(), "json: ")}
	offset := int64(-1)
	if s, ok := errors.AsType[*json.SyntaxError](err); ok {
		offset = s.Offset
	}
	if s, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		offset, e.Message = s.Offset, fmt.Sprintf("%s is a %s: want %s", s.Field, s.Value, s.Type)
	}
	if offset > 0 {
		before := string(data[:min(int(offset)-1, len(data))])
		e.Line = strings.Count(before, "\n") + 1
		e.Col = len(before) - strings.LastIndexByte(before, '\n')
	}
	return e
}
