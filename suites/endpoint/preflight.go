package endpoint

import (
	"errors"
	"flag"
	"fmt"
	"os"
)

// errParallel: Ginkgo ends the process when it meets this flag, whatever its value.
var errParallel = errors.New("endpoint: go test -parallel cannot be combined with a Ginkgo run: leave the flag out")

// preflight finds what Ginkgo would answer by ending the process: flags of go test
// that it refuses, and a working directory that is gone.
func preflight() error {
	if _, err := os.Getwd(); err != nil {
		return fmt.Errorf("endpoint: Ginkgo needs a working directory: %w", err)
	}
	var err error
	flag.Visit(func(f *flag.Flag) {
		if f.Name == "test.parallel" {
			err = errParallel
		}
	})
	return err
}

// once hides go test -count from Ginkgo, which ends the process at any other
// number than 1, until the returned function is called. Package testing looks at
// the number between the rounds only, never during a test.
func once() (restore func()) {
	f := flag.Lookup("test.count")
	if f == nil {
		return func() {}
	}
	count := f.Value.String()
	_ = f.Value.Set("1")
	return func() { _ = f.Value.Set(count) }
}
