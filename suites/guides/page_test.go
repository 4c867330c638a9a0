package guides_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/sfconform/sfconform/suites/guides"
)

func TestThePageOfTheGuidesIsTheGeneratedOne(t *testing.T) {
	t.Parallel()
	want, err := guides.Page(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join("..", "..", "fixtures", "GUIDES.md"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("fixtures/GUIDES.md is stale: go generate ./suites/guides/...")
	}
}
