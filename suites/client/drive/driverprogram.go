package drive

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/sfconform/sfconform/suites/client/evidence"
)

// program is a driver program that runs, and the work that it has.
type program struct {
	process *process
	at      place
	clock   clock
	grace   time.Duration
	stdin   *os.File
	// ended is closed when the program has ended and its answers have been read.
	ended     chan struct{}
	term, die chan struct{}
	dieOnce   sync.Once
	requests  chan []byte
	quit      chan struct{}
	began     time.Time

	mu   sync.Mutex
	work map[int]*work
	// newest is the number of the last request; mistake is the first way in which the
	// program broke the protocol.
	newest  int
	mistake error
}

// work is a request that is not answered yet.
type work struct {
	id       int
	answered chan answer
	// out and errs are what the program wrote while it had no other work.
	out, errs kept
}

func startProgram(c *Command) (*program, error) {
	at, err := newPlace("")
	if err != nil {
		return nil, err
	}
	p := &program{
		at: at, clock: c.clock, grace: c.options.GraceFor, work: map[int]*work{}, ended: make(chan struct{}),
		term: make(chan struct{}), die: make(chan struct{}), requests: make(chan []byte, maxWaiting), quit: make(chan struct{}), began: c.clock.Now(),
	}
	if err := p.start(c); err != nil {
		return nil, errors.Join(err, at.remove())
	}
	go p.write()
	go func() {
		defer close(p.ended)
		p.process.wait(context.Background(), Job{Stop: p.term, Kill: p.die})
		// It may have answered before it ended.
		select {
		case <-p.process.out.done:
		case <-p.clock.After(drainFor):
		}
	}()
	return p, nil
}

func (p *program) start(c *Command) error {
	mark := marker + "=" + rand.Text()
	environ, err := c.environment(Job{Scenario: "driver"}, p.at, mark)
	if err != nil {
		return err
	}
	stdin, write, err := os.Pipe()
	if err != nil {
		return fmt.Errorf("drive: no pipe to the driver program: %w", err)
	}
	cmd := c.command(p.at, environ)
	cmd.Stdin = stdin
	split := &lineSplitter{line: p.line}
	p.process, err = startProcess(cmd, mark, c.clock, c.options.GraceFor, readers{stdout: split.write, stderr: p.stderr})
	_ = stdin.Close()
	if err != nil {
		_ = write.Close()
		return cannotRun(c.options.Command[0], c.path, err)
	}
	p.stdin = write
	return nil
}

// write has one goroutine send what there is: a program that does not read must not
// hold up the rest.
func (p *program) write() {
	for {
		select {
		case line := <-p.requests:
			if _, err := p.stdin.Write(line); err != nil {
				return
			}
		case <-p.quit:
			return
		}
	}
}

// send drops what a program that does not read any more has no room for: the request
// is not answered then, and its time runs out.
func (p *program) send(message any) {
	line, err := json.Marshal(message)
	if err != nil {
		return // the settings were marshalled before, so that this cannot be
	}
	select {
	case p.requests <- append(line, '\n'):
	default:
	}
}

// maxWaiting is how many lines a program need not have read.
const maxWaiting = 1024

func (p *program) begin(id int) *work {
	w := &work{id: id, answered: make(chan answer, 1)}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.work[id] = w
	p.newest = max(p.newest, id)
	return w
}

// end takes the work off, with the output that is its own.
func (p *program) end(id int, run *evidence.Run) {
	p.mu.Lock()
	alone := len(p.work) == 1
	p.mu.Unlock()
	if alone {
		// Standard error is another pipe than the answer's: what was written before
		// the answer may arrive after it.
		<-p.clock.After(lookEvery)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	w := p.work[id]
	delete(p.work, id)
	run.Stdout, run.Stderr = w.out.output(), w.errs.output()
}

// only is the work that the program has if it has no other; nil otherwise.
func (p *program) only() *work {
	if len(p.work) == 1 {
		for _, w := range p.work {
			return w
		}
	}
	return nil
}

func (p *program) stderr(text []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if w := p.only(); w != nil {
		w.errs.write(text)
	}
}

// line takes an answer, or text for people.
func (p *program) line(text []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	a, err := parseAnswer(text)
	if w := p.work[a.id]; err == nil && w != nil {
		select {
		case w.answered <- a:
		default: // a second answer to the same request
		}
		return
	}
	switch {
	case p.mistake != nil:
	case errors.Is(err, errBadAnswer):
		p.mistake = err
	case err == nil && (a.id > p.newest || a.id < 1):
		p.mistake = fmt.Errorf("it answered request %d, which nobody has asked; an answer has the number of its request", a.id)
	}
	if w := p.only(); err != nil && w != nil {
		w.out.write(append(text, '\n'))
	}
}

func (p *program) kill() { p.dieOnce.Do(func() { close(p.die) }) }

func (p *program) over() bool {
	select {
	case <-p.ended:
		return true
	default:
		return false
	}
}

// crash is the end of a run whose program has ended, unless it answered before.
func (p *program) crash(run *evidence.Run, w *work) {
	select {
	case a := <-w.answered:
		a.note(run)
		return
	default:
	}
	exit := p.process.exit
	run.Exit.Code, run.Exit.Signal = exit.Code, exit.Signal
	if exit.Code == 0 || exit.Code == unsupported {
		run.Exit.Code = crashed
	}
	run.Err = "the driver program ended without an answer"
	if run.Exit.TimedOut {
		run.Err = "the driver program did not answer in time"
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.mistake != nil {
		run.Err += ": " + p.mistake.Error()
	}
}

// close ends the program and all that it left, and removes its files. It is called
// once, and no run begins after it.
func (p *program) close() error {
	close(p.quit)
	_ = p.stdin.Close()
	for _, next := range []func(){func() { close(p.term) }, p.kill} {
		select {
		case <-p.ended:
		case <-p.clock.After(p.grace):
			next()
		}
	}
	<-p.ended
	run := evidence.Run{Began: p.began, Ended: p.clock.Now()}
	p.process.finish(&run)
	return p.at.remove()
}
