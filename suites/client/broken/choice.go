package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// chosenFault is the one that is asked for; none is one, too.
func chosenFault(args []string) (string, error) {
	if len(args) == 0 {
		return "", nil
	}
	if _, known := faults[args[0]]; known && len(args) == 1 {
		return args[0], nil
	}
	if len(args) > 1 {
		return "", fmt.Errorf("one fault at most, not %d", len(args))
	}
	return "", fmt.Errorf("there is no fault %q: did you mean %q? see --list", args[0], nearest(args[0]))
}

// list prints the faults.
func (p program) list() int {
	for _, id := range slices.Sorted(maps.Keys(faults)) {
		_, _ = fmt.Fprintf(p.out, "%-28s %s\n", id, faults[id])
	}
	return exitDone
}

// nearest is the fault that shares most pieces of three letters with the name.
func nearest(name string) string {
	best, most := "", -1
	for _, id := range slices.Sorted(maps.Keys(faults)) {
		shared := 0
		for i := 0; i+3 <= len(name); i++ {
			if strings.Contains(id, name[i:i+3]) {
				shared++
			}
		}
		if shared > most {
			best, most = id, shared
		}
	}
	return best
}
