package report

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// picture is a time line as it is drawn: events as dots on lanes, waits as bars.
type picture struct {
	Width, Height int
	Label         string
	Lanes         []lane
	Dots          []dot
	Ticks         []tick
	// More is how many events are not drawn.
	More int
}

type lane struct {
	Name string
	Y    int
}

// dot is an event: at X of its lane, Long units long.
type dot struct {
	X, Y, Long  float64
	Class, Text string
}

type tick struct {
	X    float64
	Text string
}

const (
	pictureWidth = 1000
	laneHeight   = 28
	leftMargin   = 90
	rightMargin  = 20
	// mostDots bounds what is drawn: more dots than pixels show nothing.
	mostDots = 2000
	ticks    = 5
)

// laneOf groups the kinds of events, in the order of the lanes.
var laneOf = map[string]string{
	"token": "login", "api": "API", "identity": "API", "revoke": "revoke", "tls": "TLS",
	"start": "client", "end": "client", "mark": "scenario", "wait": "scenario",
}

var laneOrder = []string{"client", "login", "API", "revoke", "TLS", "other", "scenario"}

// draw is the picture of a scenario.
func draw(s *Scenario) picture {
	events := withWaits(s.Line[:min(len(s.Line), mostDots)])
	p := picture{Width: pictureWidth, More: max(len(s.Line)-mostDots, 0), Label: label(s)}
	present := map[string]bool{}
	last := s.Took.Duration().Seconds()
	for _, e := range events {
		present[laneFor(e)] = true
		last = max(last, e.At.Duration().Seconds()+e.Took.Duration().Seconds())
	}
	y := map[string]int{}
	for _, name := range laneOrder {
		if present[name] {
			y[name] = laneHeight/2 + len(p.Lanes)*laneHeight
			p.Lanes = append(p.Lanes, lane{name, y[name]})
		}
	}
	p.Height = len(p.Lanes)*laneHeight + laneHeight
	scale := float64(pictureWidth-leftMargin-rightMargin) / max(last, 0.001)
	for i, e := range events {
		x := leftMargin + max(e.At.Duration().Seconds(), 0)*scale
		p.Dots = append(p.Dots, dot{
			X: tenth(x), Y: float64(y[laneFor(e)]), Long: tenth(max(e.Took.Duration().Seconds()*scale, 3)),
			Class: dotClass(e), Text: strings.TrimSpace(Timeline(events[i : i+1])[0]),
		})
	}
	for i := range ticks + 1 {
		at := last * float64(i) / ticks
		p.Ticks = append(p.Ticks, tick{tenth(leftMargin + at*scale), rounded(at)})
	}
	return p
}

// rounded is seconds with as many digits as a tick has room for.
func rounded(seconds float64) string {
	if seconds > 0 && seconds < 1 {
		return fmt.Sprintf("%.3gms", seconds*1000)
	}
	return fmt.Sprintf("%.3gs", seconds)
}

func laneFor(e Event) string {
	if name, known := laneOf[e.Kind]; known {
		return name
	}
	return "other"
}

func dotClass(e Event) string {
	switch {
	case e.Kind == "wait", e.Kind == "mark":
		return e.Kind
	case e.Status == 401:
		return "refused"
	case e.Status >= 400:
		return "bad"
	case e.Kind == "token":
		return "token"
	}
	return "plain"
}

func tenth(x float64) float64 { return math.Round(x*10) / 10 }

// label says in words what the picture shows, for who cannot see it.
func label(s *Scenario) string {
	counts := map[string]int{}
	for _, e := range s.Line {
		counts[laneFor(e)]++
		if e.Status == 401 {
			counts["401"]++
		}
	}
	var parts []string
	for _, name := range append(slices.Clone(laneOrder), "401") {
		if counts[name] > 0 {
			parts = append(parts, fmt.Sprintf("%s: %d", name, counts[name]))
		}
	}
	return fmt.Sprintf("Time line of %s over %s. Events by lane: %s.", s.Name, s.Took, strings.Join(parts, ", "))
}
