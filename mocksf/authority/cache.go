package authority

import (
	"container/list"
	"crypto/tls"
	"sync"
	"time"
)

// cacheLimit is how many leaves are kept: two names for each of a thousand orgs.
// One takes about 1.5 KiB.
const cacheLimit = 2048

// cache keeps the leaves that were used last.
type cache struct {
	// mu guards both fields below, but is not held while a leaf is made.
	mu      sync.Mutex
	entries map[string]*list.Element
	// order has the entry that was used last in front.
	order *list.List
}

type entry struct {
	key   string
	until time.Time
	// mint makes the leaf in its first call, for which concurrent ones wait.
	mint func() (*tls.Certificate, error)
}

func newCache() *cache {
	return &cache{entries: map[string]*list.Element{}, order: list.New()}
}

// get is the leaf under the key, made by mint if there is none or it is due for
// renewal. A failure is not kept.
func (c *cache) get(key string, now time.Time, mint func() (*tls.Certificate, error)) (*tls.Certificate, error) {
	e := c.entry(key, now, mint)
	leaf, err := e.Value.(*entry).mint()
	if err != nil {
		c.drop(e)
		return nil, err
	}
	return leaf, nil
}

func (c *cache) entry(key string, now time.Time, mint func() (*tls.Certificate, error)) *list.Element {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.entries[key]; ok && now.Before(e.Value.(*entry).until) {
		c.order.MoveToFront(e)
		return e
	} else if ok {
		c.remove(e)
	}
	e := c.order.PushFront(&entry{key: key, until: now.Add(leafRenewal), mint: sync.OnceValues(mint)})
	c.entries[key] = e
	if c.order.Len() > cacheLimit {
		c.remove(c.order.Back())
	}
	return e
}

// drop removes an entry unless somebody has replaced it meanwhile.
func (c *cache) drop(e *list.Element) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.entries[e.Value.(*entry).key] == e {
		c.remove(e)
	}
}

func (c *cache) remove(e *list.Element) {
	c.order.Remove(e)
	delete(c.entries, e.Value.(*entry).key)
}

// forget has every leaf made anew when it is next called for.
func (c *cache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.entries)
	c.order.Init()
}
