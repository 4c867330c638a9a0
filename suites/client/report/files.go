package report

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
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

// CheckWritable says before a run whether a file can be made at the path, by making one
// in the nearest folder that is there: what shows only afterwards costs the whole run.
func CheckWritable(path string) error {
	dir := filepath.Dir(path)
	for {
		_, err := os.Stat(dir)
		if err == nil || !errors.Is(err, fs.ErrNotExist) || dir == filepath.Dir(dir) {
			break
		}
		dir = filepath.Dir(dir)
	}
	probe, err := os.CreateTemp(dir, ".sfconform-*")
	if at := (*fs.PathError)(nil); errors.As(err, &at) {
		return fmt.Errorf("report file %q cannot be written: %s: %w", path, dir, at.Err)
	}
	if err != nil {
		return fmt.Errorf("report file %q cannot be written: %w", path, err)
	}
	return errors.Join(probe.Close(), os.Remove(probe.Name()))
}

// WriteFiles writes the report to each path in the format of its extension, and makes
// the directories that are missing. All is made before anything is written, each file is
// replaced whole, and one that cannot be written keeps none of the others from it. Files
// never have colours.
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
	var failed error
	for i, path := range paths {
		err := os.MkdirAll(filepath.Dir(path), 0o750)
		if err == nil {
			err = sheet.Replace(path, contents[i])
		}
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("report file %q: %w", path, err))
		}
	}
	return failed
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
