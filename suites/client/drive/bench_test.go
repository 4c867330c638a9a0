//go:build unix

package drive_test

import (
	"os"
	"os/exec"
	"testing"

	"github.com/sfconform/sfconform/suites/client/drive"
)

// BenchmarkStart shows what a start costs beyond the client's own time: compare it
// with a start without the driver.
func BenchmarkStart(b *testing.B) {
	c, err := drive.NewCommand(drive.CommandOptions{Command: []string{"true"}, Environ: os.Environ()})
	if err != nil {
		b.Fatal(err)
	}
	b.Run("driver", func(b *testing.B) {
		for b.Loop() {
			if _, err := c.Run(b.Context(), drive.Job{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("alone", func(b *testing.B) {
		for b.Loop() {
			if err := exec.Command("true").Run(); err != nil {
				b.Fatal(err)
			}
		}
	})
}
