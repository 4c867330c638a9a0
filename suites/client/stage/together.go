package stage

import (
	"sync"
	"time"

	"github.com/sfconform/sfconform/suites/client/evidence"
)

// straggler is how long the next of several requests that come together may take.
const straggler = 250 * time.Millisecond

// Together holds requests back until n of them have arrived, or no further one comes,
// does something, and lets them go on: so that what is done meets all of them on
// their way. It is done once.
func (s *Stage) Together(w When, n int, do func()) {
	g := &gathering{stage: s, want: n, do: do, arrived: make(chan struct{}, n), complete: make(chan struct{})}
	s.Before(w.First(n), g.join)
}

// gathering is requests that wait for each other.
type gathering struct {
	stage    *Stage
	want     int
	do       func()
	first    sync.Once
	arrived  chan struct{}
	complete chan struct{}
}

func (g *gathering) join(*evidence.Exchange) {
	g.first.Do(func() { go g.gather() })
	select {
	case g.arrived <- struct{}{}:
	case <-g.complete:
	}
	<-g.complete
}

// gather counts arrivals until they are enough or cease.
func (g *gathering) gather() {
	defer close(g.complete)
	for range g.want {
		select {
		case <-g.arrived:
		case <-g.stage.options.After(straggler):
			g.do()
			return
		case <-g.stage.Killed():
			return
		}
	}
	g.do()
}
