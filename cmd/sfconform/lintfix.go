package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/sfconform/sfconform/mocksf/metadata"
	"github.com/sfconform/sfconform/mocksf/metadata/lint"
)

// mostPasses bounds how often the project is mended: a change may bring up another.
const mostPasses = 10

// mend makes the safe changes until there are none, and returns what is left.
func (l *linter) mend(project *metadata.Project, findings []lint.Finding) (*metadata.Project, []lint.Finding, int, error) {
	if !l.isFolder() {
		return nil, nil, 0, usageError("--fix changes the files of a folder: %s is a zip file", l.files.Root)
	}
	total := 0
	for range mostPasses {
		files, made := lint.Apply(findings)
		if made == 0 {
			break
		}
		if err := l.write(files); err != nil {
			return nil, nil, total, usageError("--fix: %w", err)
		}
		total += made
		var err error
		if project, findings, err = l.read(); err != nil {
			return nil, nil, total, err
		}
	}
	return project, findings, total, nil
}

// write puts the new texts into place: all are written beside their files first, so
// that a full disk changes nothing.
func (l *linter) write(files map[string][]byte) (err error) {
	staged := map[string]string{}
	defer func() {
		for _, temp := range staged {
			err = errors.Join(err, os.Remove(temp))
		}
	}()
	names := slices.Sorted(maps.Keys(files))
	for _, name := range names {
		if staged[name], err = writeBeside(l.path(name), files[name]); err != nil {
			delete(staged, name)
			return fmt.Errorf("%s cannot be changed, and nothing was: %w", l.path(name), err)
		}
	}
	for _, name := range names {
		if err := os.Rename(staged[name], l.path(name)); err != nil {
			return err
		}
		delete(staged, name)
	}
	return nil
}

// writeBeside writes a text beside the file that it will replace, with that file's mode.
func writeBeside(path string, text []byte) (temp string, err error) {
	info, err := os.Lstat(path)
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() {
		return "", fmt.Errorf("%s is a link: --fix changes files only", path)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".sfconform-*")
	if err != nil {
		return "", err
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Chmod(info.Mode().Perm()), f.Close()); err != nil {
		return "", errors.Join(err, os.Remove(f.Name()))
	}
	return f.Name(), nil
}
