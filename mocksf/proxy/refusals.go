package proxy

import (
	"slices"
	"sync"
)

// maxRefused is how many refused addresses are remembered.
const maxRefused = 100

// refusals remembers what was refused, so that the user can be told what the
// client under test tried to reach.
type refusals struct {
	mu        sync.Mutex
	count     int
	addresses []string
}

func (r *refusals) add(address string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.count++
	if len(r.addresses) < maxRefused && !slices.Contains(r.addresses, address) {
		r.addresses = append(r.addresses, address)
	}
}

// Refused lists the first 100 addresses (host:port) that were refused, each
// once, in the order in which clients asked for them.
func (p *Proxy) Refused() []string {
	p.refusals.mu.Lock()
	defer p.refusals.mu.Unlock()
	return slices.Clone(p.refusals.addresses)
}

// Refusals counts the requests that were refused, repeated ones included.
func (p *Proxy) Refusals() int {
	p.refusals.mu.Lock()
	defer p.refusals.mu.Unlock()
	return p.refusals.count
}
