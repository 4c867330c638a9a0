package endpoint

import (
	"fmt"
	"slices"
)

// nothing stands for a value that is empty, in messages.
const nothing = "nothing"

// counted is something that a message says once, however often it came.
type counted[T comparable] struct {
	what  T
	times int
}

func (c counted[T]) repeated() string {
	if c.times == 1 {
		return ""
	}
	return fmt.Sprintf(" (%d times)", c.times)
}

// inARow counts what follows itself: the order of requests matters.
func inARow[T comparable](all []T) []counted[T] {
	var list []counted[T]
	for _, what := range all {
		if last := len(list) - 1; last >= 0 && list[last].what == what {
			list[last].times++
			continue
		}
		list = append(list, counted[T]{what, 1})
	}
	return list
}

// alike counts what is the same, wherever it stands: several differences of one
// answer come back together with the next one.
func alike[T comparable](all []T) []counted[T] {
	var list []counted[T]
	for _, what := range all {
		i := slices.IndexFunc(list, func(c counted[T]) bool { return c.what == what })
		if i >= 0 {
			list[i].times++
			continue
		}
		list = append(list, counted[T]{what, 1})
	}
	return list
}
