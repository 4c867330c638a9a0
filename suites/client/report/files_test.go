package report_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/suites/client/report"
)

func TestTheExtensionChoosesTheFormat(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "not", "there", "yet")
	var paths []string
	for _, extension := range report.Extensions() {
		paths = append(paths, filepath.Join(dir, "r"+extension))
	}
	if err := report.WriteFiles(sample(), report.Options{Colour: true}, paths...); err != nil {
		t.Fatal(err)
	}
	for extension, begins := range map[string]string{
		".json": "{\n  \"format\": 1", ".xml": "<?xml", ".md": "### sfconform", ".sarif": "{\n  \"$schema\"",
		".html": "<!DOCTYPE html>", ".txt": "NOT READY:",
	} {
		got, err := os.ReadFile(filepath.Join(dir, "r"+extension))
		if err != nil || !strings.HasPrefix(string(got), begins) {
			t.Errorf("%s begins with %.20q, %v", extension, got, err)
		}
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != len(paths) {
		t.Errorf("%v, %v", files, err)
	}
}

func TestADirectoryGetsEveryFormat(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := report.WriteDirectory(sample(), report.Options{}, dir); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "client-report.sarif")); err != nil {
		t.Error(err)
	}
}

func TestAnUnknownExtensionIsRefusedBeforeAnythingIsWritten(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, want := range map[string]string{
		"r.jsn": `did you mean ".json"`, "r.HTML": `did you mean ".html"`, "r": `the extension ""`, "r.docx": "known are .html .json .md .sarif .txt .xml",
	} {
		err := report.WriteFiles(sample(), report.Options{}, filepath.Join(dir, "first.json"), filepath.Join(dir, name))
		var unknown *report.UnknownFormatError
		if !errors.As(err, &unknown) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want one with %q", name, err, want)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "dir.json"), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := report.CheckFile(filepath.Join(dir, "dir.json")); err == nil || !strings.Contains(err.Error(), "is a directory") {
		t.Errorf("error %v", err)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 1 {
		t.Errorf("%v, %v", files, err)
	}
}

func TestAFileThatCannotBeWrittenKeepsNoOtherFromIt(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	blocked := filepath.Join(dir, "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	last := filepath.Join(dir, "last.json")
	err := report.WriteFiles(sample(), report.Options{}, filepath.Join(blocked, "first.json"), last)
	if err == nil || !strings.Contains(err.Error(), "first.json") {
		t.Errorf("error %v", err)
	}
	if _, err := os.Stat(last); err != nil {
		t.Error(err)
	}
}

func TestWhetherAFileCanBeWrittenIsFoundOutWithoutATrace(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, path := range []string{"r.json", filepath.Join("not", "there", "r.json")} {
		if err := report.CheckWritable(filepath.Join(dir, path)); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
	if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := report.CheckWritable(filepath.Join(dir, "file", "r.json")); err == nil {
		t.Error("a report below a file can be written")
	}
}
