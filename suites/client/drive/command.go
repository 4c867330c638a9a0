package drive

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"github.com/sfconform/sfconform/suites/client/evidence"
)

// CommandOptions say how the client is started. Command and Environ are needed.
type CommandOptions struct {
	// Command is the program and its arguments. A relative path of the program, and
	// an argument that is the path of an existing file, are taken from Base, because
	// the client does not work there.
	Command []string
	// Base is the caller's working directory; empty means that of the process.
	Base string
	// Dir is where the client works in place of a fresh empty folder, for one that
	// finds its own parts there (npm start, go run .). What it leaves there is not seen.
	Dir string
	// Pass are more variables of the caller to pass on; a star at the end stands for
	// all that begin so.
	Pass []string
	// Map are variables of the client's own, and templates of their values, such as
	// ${SF_LOGIN_URL}/services/oauth2/token.
	Map map[string]string
	// Environ is the caller's environment.
	Environ []string
	// Operations says that the client is known to heed CHECK_OPERATION; Probe finds out.
	Operations bool
	// GraceFor is how long the client has to end after SIGTERM when its time is up; 0
	// means two seconds.
	GraceFor time.Duration
	// ProbeLimit is how long Probe waits; 0 means ten seconds.
	ProbeLimit time.Duration
	// Now is the time; nil means time.Now.
	Now func() time.Time
	// After gives a channel that is sent to after a time; nil means time.After.
	After func(time.Duration) <-chan time.Time
}

const (
	defaultGrace = 2 * time.Second
	defaultProbe = 10 * time.Second
)

// Command drives a client that is a command of any language. Several starts at a
// time do not disturb each other.
type Command struct {
	options    CommandOptions
	clock      clock
	path       string
	args       []string
	environ    []string
	operations operations
}

var _ Driver = (*Command)(nil)

// NewCommand checks the options. An error is a *CommandError, a *MappingError, or
// says which name cannot be passed on.
func NewCommand(o CommandOptions) (*Command, error) {
	if len(o.Command) == 0 || o.Command[0] == "" {
		return nil, errors.New("drive: no command: name the program that starts the client, and its arguments")
	}
	base, err := o.base()
	if err != nil {
		return nil, err
	}
	if err := errors.Join(checkPass(o.Pass), checkMap(o.Map)); err != nil {
		return nil, err
	}
	if o.Dir, err = directory(base, o.Dir); err != nil {
		return nil, err
	}
	path, err := findProgram(base, o.Command[0])
	if err != nil {
		return nil, err
	}
	if o.GraceFor == 0 {
		o.GraceFor = defaultGrace
	}
	if o.ProbeLimit == 0 {
		o.ProbeLimit = defaultProbe
	}
	c := &Command{
		options: o, clock: clock{o.Now, o.After}.withDefaults(), path: path,
		args: arguments(base, o), environ: passedOn(o.Environ, o.Pass, base),
	}
	c.operations.Store(o.Operations)
	return c, nil
}

func (o CommandOptions) base() (string, error) {
	base, err := filepath.Abs(o.Base)
	if err != nil {
		return "", fmt.Errorf("drive: the working directory: %w", err)
	}
	return base, nil
}

// Traits say that everything of a command can be seen.
func (c *Command) Traits() Traits {
	return Traits{Output: true, Files: true, Process: true, Operations: c.operations.Load(), ComposedURL: composesURL(c.options.Map)}
}

// Close does nothing: a command does not outlive its run.
func (c *Command) Close() error { return nil }

// Run starts the command once. If the context ends first the run is given as far as
// it went, with the cause.
func (c *Command) Run(ctx context.Context, job Job) (run evidence.Run, err error) {
	run.Operation = job.Operation
	if err := ctx.Err(); err != nil {
		return run, context.Cause(ctx)
	}
	at, err := newPlace(job.Home)
	if err != nil {
		return run, err
	}
	defer func() { err = errors.Join(err, at.remove()) }()
	mark := marker + "=" + rand.Text()
	environ, err := c.environment(job, at, mark)
	if err != nil {
		return run, err
	}
	run.Began = c.clock.Now()
	var checks checkLines
	p, err := startProcess(c.command(at, environ), mark, c.clock, c.options.GraceFor, readers{stdout: checks.write})
	if err != nil {
		return run, cannotRun(c.options.Command[0], c.path, err)
	}
	p.wait(ctx, job)
	run.Ended = c.clock.Now()
	p.finish(&run)
	run.Checks = p.out.merged(&checks)
	run.Files = at.files()
	if ctx.Err() != nil {
		return run, context.Cause(ctx)
	}
	return run, nil
}

// command is not bound to a context: process.wait ends the whole group.
func (c *Command) command(at place, environ []string) *exec.Cmd {
	cmd := exec.Command(c.path, c.args...) //nolint:gosec,noctx // the user names the command; see above
	cmd.Args[0] = c.options.Command[0]
	cmd.Env = environ
	cmd.Dir = at.work
	if c.options.Dir != "" {
		cmd.Dir = c.options.Dir
	}
	return cmd
}

// environment is what the client finds: the caller's as far as it is passed on, the
// folders, the contract, the mapped variables, and the mark.
func (c *Command) environment(job Job, at place, mark string) ([]string, error) {
	settings, err := job.settings()
	if err != nil {
		return nil, err
	}
	environ := slices.Clone(c.environ)
	for _, layer := range []map[string]string{at.folders(), mapped(c.options.Map, settings), settings} {
		for name, value := range layer {
			environ = append(environ, name+"="+value)
		}
	}
	return append(environ, mark, "PWD="+c.workingDir(at)), nil
}

func (c *Command) workingDir(at place) string {
	if c.options.Dir != "" {
		return c.options.Dir
	}
	return at.work
}

// directory makes a folder absolute that is to be there; empty stays empty.
func directory(base, dir string) (string, error) {
	if dir == "" {
		return "", nil
	}
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(base, dir)
	}
	info, err := os.Stat(dir)
	if err == nil && !info.IsDir() {
		err = errors.New("it is a file")
	}
	if err != nil {
		return "", fmt.Errorf("drive: the client's directory %q: %w: name the folder that it is started in", dir, err)
	}
	return dir, nil
}
