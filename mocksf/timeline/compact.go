package timeline

import (
	"slices"
	"strings"
	"time"
)

// compact folds what every node sees at the time into the base, so that memory
// does not grow with the changes made. What is still folded onto the base must
// give the same states as before: a change stays where it is as long as an
// earlier one that some node does not see touches the same place.
func (t *Timeline[S]) compact(now time.Time) {
	if t.compactAt.IsZero() || now.Before(t.compactAt) {
		return
	}
	t.compactAt = time.Time{}
	waiting := places{}
	var kept, folded []part
	for _, p := range withoutOverruled(t.spreading, now) {
		spreads := now.Before(p.plan.settled)
		if spreads {
			t.compactAt = earlier(t.compactAt, p.plan.settled)
		}
		if spreads || waiting.touch(p.Path) {
			waiting.add(p.Path)
			kept = append(kept, p)
			continue
		}
		folded = append(folded, p)
	}
	t.base, t.spreading = fold(t.base, folded), kept
	if len(kept) == 0 {
		t.base = t.newest
	}
}

// withoutOverruled leaves out the changes that no node can show any more, because
// every node sees a later one of the same place or of one above it.
func withoutOverruled(parts []part, now time.Time) []part {
	kept := make([]part, len(parts))
	first := len(parts)
	settled := places{}
	for _, p := range slices.Backward(parts) {

		if settled.cover(p.Path) {
			continue
		}
		if !now.Before(p.plan.settled) {
			settled.add(p.Path)
		}
		first--
		kept[first] = p
	}
	return kept[first:]
}

// places is a set of paths. A path that is only on the way to a member is in it as false.
type places map[string]bool

func (s places) add(path string) {
	s[path] = true
	for up, ok := parent(path); ok; up, ok = parent(up) {
		s[up] = s[up] || false
	}
}

// cover says whether a member is the path or lies above it.
func (s places) cover(path string) bool {
	for up, ok := path, true; ok; up, ok = parent(up) {
		if s[up] {
			return true
		}
	}
	return false
}

// touch says whether a member is the path, lies above it or below it.
func (s places) touch(path string) bool {
	_, onTheWay := s[path]
	return onTheWay || s.cover(path)
}

func parent(path string) (string, bool) {
	i := strings.LastIndexByte(path, '/')
	if i < 0 {
		return "", false
	}
	return path[:i], true
}
