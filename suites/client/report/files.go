package report

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures/spell"
	sheet "github.com/sfconform/sfconform/suites/report"
)

// formats are the writers by the extension of a file.
var formats = map[string]func(io.Writer, *Report, Options) error{
	".json": WriteJSON, ".xml": WriteJUnit, ".md": WriteMarkdown, ".sarif": WriteSARIF, ".html": WriteHTML, ".txt": WriteTerminal,
}

// Extensions are those that WriteFiles knows, in alphabetical order.
func Extensions() []string { return slices.Sorted(maps.Keys(formats)) }

// UnknownFormatError says that no format has a file's extension.
type UnknownFormatError struct{ Path string }

func (e *UnknownFormatError) Error() string {
	message := fmt.Sprintf("report file %q: no report has the extension %q; known are %s",
		e.Path, filepath.Ext(e.Path), strings.Join(Extensions(), " "))
	if near := spell.Nearest(strings.ToLower(filepath.Ext(e.Path)), Extensions()); near != "" {
		message += fmt.Sprintf("; did you mean %q?", near)
	}
	return message
}

// CheckFile says before a run whether a report can be written to the path: whether
// its extension is known, and whether it is no directory.
func CheckFile(path string) error {
	if formats[filepath.Ext(path)] == nil {
		return &UnknownFormatError{path}
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("report file %q is a directory: name a file in it", path)
	}
	return nil
}

// WriteFiles writes the report to each path in the format of its extension, and makes
// the directories that are missing. All is made before anything is written, and each
// file is replaced whole. Files never have colours.
func WriteFiles(r *Report, o Options, paths ...string) error {
	o.Colour = false
	contents := make([][]byte, len(paths))
	for i, path := range paths {
		if err := CheckFile(path); err != nil {
			return err
		}
		var out bytes.Buffer
		if err := formats[filepath.Ext(path)](&out, r, o); err != nil {
			return fmt.Errorf("report file %q: %w", path, err)
		}
		contents[i] = out.Bytes()
	}
	for i, path := range paths {
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			return fmt.Errorf("report file %q: %w", path, err)
		}
		if err := sheet.Replace(path, contents[i]); err != nil {
			return fmt.Errorf("report file %q: %w", path, err)
		}
	}
	return nil
}

// WriteDirectory writes the report to a directory in every format:
// client-report.html and its siblings.
func WriteDirectory(r *Report, o Options, dir string) error {
	var paths []string
	for _, extension := range Extensions() {
		paths = append(paths, filepath.Join(dir, "client-report"+extension))
	}
	return WriteFiles(r, o, paths...)
}
