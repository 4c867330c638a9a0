package deploy

import (
	"fmt"
	"slices"

	"github.com/sfconform/sfconform/fixtures"
)

// The bounds of what is remembered: requests, the messages in their results, and
// bytes of zip files that wait for a quick deploy or to be fetched.
const (
	maxRequests = 100
	maxMessages = 100_000
	maxKept     = 64 << 20
)

// request is a deploy or retrieve: one that was carried out, or a deploy that waits.
type request struct {
	// order and schedule are those of a deploy that waits for its end.
	order order
	*schedule
	id      string
	options Options
	// asked is the result as the call that deploys shows it, deploy that of the end.
	asked, deploy *Result
	// archive is the zip file of a validated deploy.
	archive []byte
	// retrieve is the result of a retrieve; deploy is nil then.
	retrieve *retrieveResult
	// messages and bytes are what it was counted for.
	messages, bytes int
}

// size is what the request costs.
func (r *request) size() (messages, bytes int) {
	if r.retrieve != nil {
		return len(r.retrieve.Properties) + len(r.retrieve.Messages), len(r.retrieve.ZipFile)
	}
	return len(r.deploy.Details.Successes) + len(r.deploy.Details.Failures), len(r.archive)
}

// requests are the last requests, oldest first.
type requests struct {
	byID            map[string]*request
	order           []*request
	made            int
	messages, bytes int
}

func newRequests() requests { return requests{byID: map[string]*request{}} }

// The prefixes of the ids (Metadata API guide, AsyncResult).
const (
	deployPrefix   = "0Af"
	retrievePrefix = "09S"
)

// nextID is the id of the next request.
func (q *requests) nextID(prefix string) string {
	q.made++
	return fixtures.DeriveID(prefix, "Ak", fmt.Sprintf("metadata request %d", q.made))
}

// keep remembers a request and forgets the oldest ones.
func (q *requests) keep(r *request) {
	q.byID[r.id] = r
	q.order = append(q.order, r)
	q.count(r)
}

// count takes notice of what a request costs now, and forgets the oldest ones that
// have ended until the bounds are kept. The newest is never forgotten.
func (q *requests) count(r *request) {
	messages, bytes := r.size()
	q.messages, q.bytes = q.messages+messages-r.messages, q.bytes+bytes-r.bytes
	r.messages, r.bytes = messages, bytes
	for len(q.order) > maxRequests || q.messages > maxMessages || q.bytes > maxKept {
		i := slices.IndexFunc(q.order[:len(q.order)-1], func(o *request) bool { return o.schedule == nil })
		if i < 0 {
			return
		}
		oldest := q.order[i]
		q.messages, q.bytes = q.messages-oldest.messages, q.bytes-oldest.bytes
		delete(q.byID, oldest.id)
		q.order = slices.Delete(q.order, i, i+1)
	}
}

// find is the request with the id, of 15 or 18 characters; nil if there is none.
func (q *requests) find(id string) *request {
	if r := q.byID[id]; r != nil {
		return r
	}
	for _, r := range q.order {
		if fixtures.ID15(r.id) == id {
			return r
		}
	}
	return nil
}
