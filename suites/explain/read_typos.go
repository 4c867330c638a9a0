package explain

import "strings"

const (
	// minTyped is how many letters and digits a phrase has that is known although some are mistyped.
	minTyped = 16
	// maxTyped is the size in bytes of a text that somebody may have typed by hand.
	maxTyped = 4 << 10
	// oneSlipIn is how many letters and digits of a phrase may hold one slip.
	oneSlipIn = 12
)

// findTyped finds a phrase that somebody typed by hand with a slip or two: one of
// its parts is whole, and what stands beside it differs in a few letters.
func (p paste) findTyped(phrase string) (int, bool) {
	if len(phrase) < minTyped || len(p.text) > maxTyped {
		return 0, false
	}
	slips := min(len(phrase)/oneSlipIn, 2)
	for part := range slips + 1 {
		from, to := len(phrase)*part/(slips+1), len(phrase)*(part+1)/(slips+1)
		for start := 0; ; {
			i := strings.Index(p.prose[start:], phrase[from:to])
			if i < 0 {
				break
			}
			i += start
			if at, ok := p.typedAround(phrase, i-from, slips); ok {
				return at, true
			}
			start = i + 1
		}
	}
	return 0, false
}

// typedAround compares the phrase with what stands at a place, a few letters
// earlier or later as well.
func (p paste) typedAround(phrase string, place, slips int) (int, bool) {
	for begin := max(0, place-slips); begin <= min(place+slips, len(p.prose)-1); begin++ {
		for end := min(len(p.prose), begin+len(phrase)+slips); end >= begin+len(phrase)-slips && end > begin; end-- {
			if p.bounded(begin, end) && distance(phrase, p.prose[begin:end], slips) <= slips {
				return int(p.origin[begin]), true
			}
		}
	}
	return 0, false
}

// distance is how many letters have to be changed, added or left out; one more
// than the limit if it is above it.
func distance(a, b string, limit int) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		last, least := row[0], i
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := last
			if a[i-1] != b[j-1] {
				cost++
			}
			last = row[j]
			row[j] = min(cost, row[j]+1, row[j-1]+1)
			least = min(least, row[j])
		}
		if least > limit {
			return limit + 1
		}
	}
	return row[len(b)]
}
