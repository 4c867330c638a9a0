package main

import (
	"slices"
	"strconv"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/spell"
)

// parsePropagation reads "10m" or "nodes=4,new-app=10m,run-as=2m".
func parsePropagation(spec string, seed uint64) (fixtures.Propagation, error) {
	p := fixtures.Propagation{Nodes: defaultNodes, Seed: seed, Delays: map[fixtures.ChangeKind]fixtures.Duration{}}
	for part := range strings.SplitSeq(spec, ",") {
		name, text, named := strings.Cut(strings.TrimSpace(part), "=")
		if !named {
			text = name
		}
		if name == "nodes" && named {
			n, err := strconv.Atoi(text)
			if err != nil || n < 1 || n > fixtures.MaxNodes {
				return p, usageError("--propagation nodes=%s: want a whole number from 1 to %d", text, fixtures.MaxNodes)
			}
			p.Nodes = n
			continue
		}
		if err := addDelay(&p, name, text, named); err != nil {
			return p, err
		}
	}
	return p, nil
}

const (
	defaultNodes = 4
)

func addDelay(p *fixtures.Propagation, name, text string, named bool) error {
	var d fixtures.Duration
	if err := d.UnmarshalText([]byte(text)); err != nil {
		return usageError("--propagation %s: %v", name, err)
	}
	if !named {
		for _, k := range fixtures.ChangeKinds() {
			p.Delays[k] = d
		}
		return nil
	}
	known := fixtures.ChangeKind("").Values()
	if slices.Contains(known, name) {
		p.Delays[fixtures.ChangeKind(name)] = d
		return nil
	}
	if near := spell.Nearest(name, known); near != "" {
		return usageError("--propagation: unknown kind of change %q: did you mean %q?", name, near)
	}
	return usageError("--propagation: unknown kind of change %q: known are nodes, %s", name, strings.Join(known, ", "))
}
