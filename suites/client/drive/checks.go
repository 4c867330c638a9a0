package drive

import (
	"bytes"
	"encoding/json"
	"fmt"
)

const (
	// maxCheckLine is how long a CHECK line may be, in bytes; maxCheckLines how many
	// are read, maxCheckValues how many values are kept.
	maxCheckLine   = 64 << 10
	maxCheckLines  = 1000
	maxCheckValues = 1000
)

// BrokenChecks is the name in evidence.Run.Checks under which it says what was wrong
// with CHECK lines that were passed over. A client cannot set it.
const BrokenChecks = "!broken CHECK lines"

var checkWord = []byte("CHECK ")

// checkLines finds lines such as CHECK {"records":1234} in what a client writes, and
// merges their values; of two equal names the later one counts.
type checkLines struct {
	// begun is the line that has no end yet; passed: it is no CHECK line.
	begun  []byte
	passed bool

	values map[string]any
	lines  int
	broken string
	wrong  int
}

func (c *checkLines) write(p []byte) {
	end := bytes.IndexByte(p, '\n')
	if end < 0 {
		c.hold(p)
		return
	}
	c.hold(p[:end])
	c.finish()
	p = p[end+1:]
	if last := bytes.LastIndexByte(p, '\n'); last >= 0 {
		c.whole(p[:last+1])
		p = p[last+1:]
	}
	c.hold(p)
}

// hold keeps the beginning of a line as long as it may be a CHECK line.
func (c *checkLines) hold(p []byte) {
	if c.passed || len(p) == 0 {
		return
	}
	c.begun = append(c.begun, p[:min(len(p), len(checkWord)+maxCheckLine+1-len(c.begun))]...)
	n := min(len(c.begun), len(checkWord))
	if !bytes.Equal(c.begun[:n], checkWord[:n]) {
		c.begun, c.passed = c.begun[:0], true
	}
}

func (c *checkLines) finish() {
	if bytes.HasPrefix(c.begun, checkWord) {
		c.line(c.begun[len(checkWord):])
	}
	c.begun, c.passed = c.begun[:0], false
}

// whole takes lines that are all there; it leaps from one CHECK line to the next,
// because a client may write gigabytes of others.
func (c *checkLines) whole(lines []byte) {
	for {
		if rest, ok := bytes.CutPrefix(lines, checkWord); ok {
			var line []byte
			line, lines, _ = bytes.Cut(rest, []byte("\n"))
			c.line(line)
			continue
		}
		next := bytes.Index(lines, []byte("\nCHECK "))
		if next < 0 {
			return
		}
		lines = lines[next+1:]
	}
}

func (c *checkLines) line(text []byte) {
	c.lines++
	var values map[string]any
	switch err := json.Unmarshal(text[:min(len(text), maxCheckLine)], &values); {
	case c.lines > maxCheckLines:
		c.refuse("there are more than %d of them", maxCheckLines)
	case len(text) > maxCheckLine:
		c.refuse("one is longer than %d bytes", maxCheckLine)
	case err != nil || values == nil:
		c.refuse("number %d is no JSON object", c.lines)
	default:
		c.merge(values)
	}
}

func (c *checkLines) refuse(format string, value int) {
	c.wrong++
	if c.broken == "" {
		c.broken = fmt.Sprintf(format, value)
	}
}

func (c *checkLines) merge(values map[string]any) {
	if c.values == nil {
		c.values = map[string]any{}
	}
	delete(values, BrokenChecks)
	for name, value := range values {
		if _, known := c.values[name]; !known && len(c.values) == maxCheckValues {
			c.refuse("they have more than %d values", maxCheckValues)
			return
		}
		c.values[name] = value
	}
}

// merged are the values; nil if there was no CHECK line.
func (c *checkLines) merged() map[string]any {
	c.finish()
	if c.wrong > 0 {
		if c.values == nil {
			c.values = map[string]any{}
		}
		c.values[BrokenChecks] = fmt.Sprintf("%d passed over: %s", c.wrong, c.broken)
	}
	return c.values
}
