package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"github.com/sfconform/sfconform/suites/report"
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
	if err := report.Replace(filepath.Join(dir, "report.json"), text.Bytes()); err != nil {
		return fmt.Errorf("--report: %w", err)
	}
	if err := report.Replace(filepath.Join(dir, "junit.xml"), junit.Bytes()); err != nil {
		return fmt.Errorf("--report: %w", err)
	}
	return nil
}
