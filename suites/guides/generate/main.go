// Command generate writes the reference page of the guides into the folder of package fixtures.
package main

import (
	"context"
	"log"
	"os"
	"path/filepath"

	"github.com/sfconform/sfconform/suites/guides"
)

func main() {
	page, err := guides.Page(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join("..", "..", "fixtures", "GUIDES.md"), page, 0o644); err != nil { //nolint:gosec // a page is for everybody
		log.Fatal(err)
	}
}
