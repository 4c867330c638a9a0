package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
)

// writeReports writes report.json and junit.xml, each whole or not at all.
func writeReports(dir string, r printed) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return fmt.Errorf("--report: %w", err)
	}
	var text, junit bytes.Buffer
	if err := writeJSON(&text, r); err != nil {
		return fmt.Errorf("--report: %w", err)
	}
	if err := r.WriteJUnit(&junit); err != nil {
		return fmt.Errorf("--report: %w", err)
	}
	if err := replace(filepath.Join(dir, "report.json"), text.Bytes()); err != nil {
		return fmt.Errorf("--report: %w", err)
	}
	if err := replace(filepath.Join(dir, "junit.xml"), junit.Bytes()); err != nil {
		return fmt.Errorf("--report: %w", err)
	}
	return nil
}

// replace puts a complete file in the place of an old one: who reads it meanwhile sees either.
func replace(path string, content []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
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
