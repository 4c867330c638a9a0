package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client"
	"github.com/sfconform/sfconform/suites/client/config"
	"github.com/sfconform/sfconform/suites/client/drive"
)

// personFactor is the time factor of a person: a scenario of half a minute is ten then.
const personFactor = 20

// drive makes the driver of the mode.
func (p *plan) drive(w world, base string) error {
	c := p.settings.Client
	if c.Mode == config.Manual {
		p.byHand(w)
		return noCommand(c)
	}
	if len(c.Command) == 0 {
		return errors.New("say how the client is started, after two dashes: sfconform client -- ./my-client --sync\n" +
			"(or keep it in sfconform.yaml, which sfconform init writes; sfconform client --help has other ways)")
	}
	o := drive.CommandOptions{
		Command: c.Command, Base: base, Dir: c.Dir, Pass: p.settings.Pass, Map: p.settings.Env, Environ: environ(),
	}
	driver, err := newDriver(c.Mode, o)
	if err != nil {
		return err
	}
	p.seen = &witness{Driver: driver}
	p.options.Driver = p.seen
	return nil
}

func newDriver(mode config.Mode, o drive.CommandOptions) (drive.Driver, error) {
	if mode == config.Driver {
		return drive.NewLines(o)
	}
	return drive.NewCommand(o)
}

func (p *plan) byHand(w world) {
	p.options.Driver = drive.NewManual(w.stdin, w.stderr, drive.ManualOptions{Terminal: isTerminal(w.stderr), Who: w.env("USER"), Now: w.now, Stop: func() { p.stop() }})
	p.options.Parallel = 1
	if p.options.TimeFactor == 0 {
		p.options.TimeFactor = personFactor
	}
}

func (p *plan) close() error {
	if p.options.Driver == nil {
		return nil
	}
	return p.options.Driver.Close()
}

// probe finds out whether the client heeds operations, and says what was found.
func (p *plan) probe(ctx context.Context, w world) error {
	if p.seen == nil {
		return nil
	}
	prober, can := p.seen.Driver.(drive.Prober)
	if !can {
		return nil
	}
	heeds, err := prober.Probe(ctx)
	if err != nil {
		return err
	}
	told := "the client knows the operations of the contract"
	if !heeds {
		told = "the client does not heed " + asked(p.settings.Client.Mode) + ": it does what it does, whatever it is asked for"
		if len(p.options.Operations) == 0 {
			told += "\n(say what that is with --operation, as in --operation query: what needs another one is not applicable then)"
		}
	}
	_, _ = fmt.Fprintln(w.stderr, told)
	return nil
}

// asked is where the client is told what to do.
func asked(mode config.Mode) string {
	if mode == config.Driver {
		return `the "operation" of its requests`
	}
	return "CHECK_OPERATION"
}

func duration(d fixtures.Duration) time.Duration { return time.Duration(d) }

// elsewhere are the flags that a command to run again has anew, or has no use for.
var elsewhere = map[string]bool{
	"only": true, "scenario": true, "flow": true, "seed": true, "report": true, "since": true,
	"json": true, "verbose": true, "trace": true, "strict": true, "final": true,
}

// again is the command that repeats a part of the run, with the flags of this one. A
// client's command that stands in the file is not repeated.
func again(cmd *cobra.Command, withCommand bool) func(client.Selection) string {
	prefix := strings.Fields(cmd.CommandPath())
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if elsewhere[f.Name] {
			return
		}
		if list, ok := f.Value.(pflag.SliceValue); ok {
			for _, value := range list.GetSlice() {
				prefix = append(prefix, "--"+f.Name, value)
			}
			return
		}
		prefix = append(prefix, "--"+f.Name)
		if f.Value.Type() != "bool" {
			prefix = append(prefix, f.Value.String())
		}
	})
	line := client.CommandLine(prefix...)
	return func(s client.Selection) string {
		if !withCommand {
			s.Command = nil
		}
		return line(s)
	}
}
