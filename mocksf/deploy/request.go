package deploy

import (
	"fmt"

	"github.com/sfconform/sfconform/fixtures"
)

// The bounds of what is remembered: requests, the messages in their results, and
// bytes of zip files that wait for a quick deploy or to be fetched.
const (
	maxRequests = 100
	maxMessages = 100_000
	maxKept     = 64 << 20
)

// request is a deploy or retrieve that was carried out.
type request struct {
	id      string
	options Options
	deploy  *Result
	// archive is the zip file of a validated deploy.
	archive []byte
	// retrieve is the result of a retrieve; deploy is nil then.
	retrieve *retrieveResult
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
	messages, bytes := r.size()
	q.messages, q.bytes = q.messages+messages, q.bytes+bytes
	for len(q.order) > 1 && (len(q.order) > maxRequests || q.messages > maxMessages || q.bytes > maxKept) {
		oldest := q.order[0]
		messages, bytes := oldest.size()
		q.messages, q.bytes = q.messages-messages, q.bytes-bytes
		delete(q.byID, oldest.id)
		q.order = q.order[1:]
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
