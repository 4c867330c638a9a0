package drive_test

import (
	"context"

	"github.com/sfconform/sfconform/suites/client/drive"
	"github.com/sfconform/sfconform/suites/client/evidence"
)

// ending is a run that goes on while the test does something.
type ending struct {
	run evidence.Run
	err error
}

func begin(ctx context.Context, d drive.Driver, job drive.Job) <-chan ending {
	ended := make(chan ending, 1)
	go func() {
		r, err := d.Run(ctx, job)
		ended <- ending{r, err}
	}()
	return ended
}
