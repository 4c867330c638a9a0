package timeline

// mix hashes numbers to one (the finalizer of SplitMix64, once for each). It is
// written out because the plans that it makes must not change with the library's generators.
func mix(numbers ...uint64) uint64 {
	var h uint64
	for _, n := range numbers {
		h += n + 0x9e3779b97f4a7c15
		h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
		h = (h ^ h>>27) * 0x94d049bb133111eb
		h ^= h >> 31
	}
	return h
}

// fraction turns a hash into a number from 0 up to but not including 1.
func fraction(h uint64) float64 { return float64(h>>11) / (1 << 53) }

// pick is the node that serves a request. In each round of as many requests as
// there are nodes every node is met once, in an order that changes with the
// round: a test needs few requests to see them all.
func pick(seed, request, nodes uint64) uint64 {
	round, place := request/nodes, request%nodes
	h := mix(seed, round)
	step := 1 + h%nodes
	for gcd(step, nodes) != 1 {
		step++
	}
	return (h>>32%nodes + place*step) % nodes
}

func gcd(a, b uint64) uint64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
