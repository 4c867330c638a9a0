package flows

import (
	"fmt"
	"io"
	"sync"
)

// Pool keeps one [TokenSource] for each identity, for programs that serve several orgs. Every setting of the flow except
// Reload makes the identity, so no token of one org can serve another, none outlives the credential it was issued for,
// and none escapes a check that its flow asks for.
type Pool struct {
	options Options

	mu      sync.Mutex
	sources map[string]*TokenSource
}

// NewPool returns an empty Pool whose sources share the options.
func NewPool(options Options) *Pool {
	return &Pool{options: options, sources: map[string]*TokenSource{}}
}

// Source returns the source of the flow's identity, and makes it on first use. Errors are [*ConfigError].
func (p *Pool) Source(flow Flow) (*TokenSource, error) {
	source, err := NewTokenSource(flow, p.options)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if known, found := p.sources[source.login.identity]; found {
		return known, nil
	}
	p.sources[source.login.identity] = source
	return source, nil
}

// Format prints the number of identities for every verb: the options may hold a transport that has seen secrets.
func (p *Pool) Format(state fmt.State, _ rune) {
	p.mu.Lock()
	defer p.mu.Unlock()
	_, _ = io.WriteString(state, fmt.Sprintf("flows.Pool{%d identities}", len(p.sources)))
}
