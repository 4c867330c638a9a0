package drive

import (
	"os"
	"time"
)

const (
	// settleFor is how long a process may take to end after the client has: one that
	// is just ending is not left behind.
	settleFor = 100 * time.Millisecond
	// lookEvery is the pause between two looks.
	lookEvery = 5 * time.Millisecond
	// maxRounds is how often what is left is killed: what forks faster than that is
	// of the process group, which dies at once.
	maxRounds = 100
	// shortLife is too short for a system to give process ids a second time.
	shortLife = time.Second
)

// clear ends all that the client left behind, and says what that was.
func (p *process) clear(lived time.Duration) []member {
	short := lived < shortLife
	left := p.settle(short)
	p.signal(os.Kill)
	if len(left) == 0 {
		return nil
	}
	for range maxRounds {
		rest := p.tree.left(short)
		if len(rest) == 0 {
			break
		}
		for _, m := range rest {
			m.kill()
		}
		<-p.clock.After(lookEvery / 5)
	}
	return left
}

// settle gives what is left once it has had the time to end.
func (p *process) settle(short bool) []member {
	var left []member
	for waited := time.Duration(0); ; waited += lookEvery {
		left = p.tree.left(short)
		if len(left) == 0 || waited >= settleFor {
			return left
		}
		<-p.clock.After(lookEvery)
	}
}
