package drive

import "slices"

const (
	// maxCommandLines is how many different command lines are kept, maxCommandLine
	// how much of each, in bytes.
	maxCommandLines = 200
	maxCommandLine  = 64 << 10
)

// commandLines are the different ones that were seen, in order.
type commandLines []string

func (l *commandLines) add(line string) {
	line = line[:min(len(line), maxCommandLine)]
	if line != "" && len(*l) < maxCommandLines && !slices.Contains(*l, line) {
		*l = append(*l, line)
	}
}
