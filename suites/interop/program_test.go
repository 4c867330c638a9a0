package interop_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
)

// programWay is a way of a client that is a program. The program has the
// settings in its environment and the query as its last argument. It prints
// "logged in", waits for a line, and prints what it read. It says what refused
// it on stderr and ends with another code than 0.
func programWay(name string, flow fixtures.Flow, command ...string) way {
	return way{name: name, flow: flow, login: func(ctx context.Context, vars map[string]string) (reader, error) {
		args := append(command[1:len(command):len(command)], userQuery(vars))
		p := &program{cmd: exec.CommandContext(ctx, command[0], args...)}
		p.cmd.Env = p.cmd.Environ()
		for name, value := range vars {
			p.cmd.Env = append(p.cmd.Env, name+"="+value)
		}
		if err := p.start(); err != nil {
			return nil, err
		}
		return p.read, nil
	}}
}

// program is a client that runs.
type program struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *bufio.Reader
	stderr strings.Builder
}

// start starts the program and returns once it has logged in.
func (p *program) start() error {
	p.cmd.Stderr = &p.stderr
	in, err := p.cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	p.in, p.out = in, bufio.NewReader(out)
	if err := p.cmd.Start(); err != nil {
		return err
	}
	if line, _ := p.out.ReadString('\n'); line != "logged in\n" {
		return p.end(line)
	}
	return nil
}

// read lets the program go on and returns what it reads.
func (p *program) read(context.Context) (string, error) {
	if _, err := io.WriteString(p.in, "\n"); err != nil {
		return "", err
	}
	text, err := io.ReadAll(p.out)
	if err != nil {
		return "", err
	}
	return strings.TrimSpace(string(text)), p.end("")
}

// end waits for the end of the program and returns what it said on stderr if it failed.
func (p *program) end(printed string) error {
	_ = p.in.Close() // so that a program that still waits for its line ends
	err := p.cmd.Wait()
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		return errors.New(strings.TrimSpace(p.stderr.String()))
	case err == nil && printed != "":
		return fmt.Errorf("printed %q and ended well, without a word of a login", printed)
	}
	return err
}
