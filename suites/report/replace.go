package report

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Replace puts a complete file in the place of an old one: who reads it meanwhile
// sees either, and a failure leaves the old one.
func Replace(path string, content []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if at := (*fs.PathError)(nil); errors.As(err, &at) {
		return &fs.PathError{Op: "write", Path: path, Err: at.Err}
	}
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }()
	if _, err := f.Write(content); err != nil {
		_ = f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := os.Chmod(f.Name(), 0o644); err != nil { //nolint:gosec // reports hold no secrets and are read by CI
		return err
	}
	return os.Rename(f.Name(), path)
}
