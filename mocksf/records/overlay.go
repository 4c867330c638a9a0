package records

import "time"

// overlay is what was written through the API since the org started. It stands over
// the rows of every snapshot: records do not spread over nodes as settings do.
type overlay struct {
	// rows are the newest rows by id, those of the snapshot that were changed among them.
	rows map[string]Row
	// created are the ids of new records by API name of their object, in their order.
	created map[string][]string
}

func newOverlay() overlay { return overlay{rows: map[string]Row{}, created: map[string][]string{}} }

// maxCreated bounds the memory: it is how many records the API takes until the org's
// storage is full.
const maxCreated = 10_000

func (o overlay) count() int {
	n := 0
	for _, ids := range o.created {
		n += len(ids)
	}
	return n
}

// layOver puts what was written into the tables of another snapshot. Records of objects
// that the org's file names no more are left out.
func (o overlay) layOver(t *tables) {
	for id, row := range o.rows {
		if hit, ok := t.find(id); ok {
			t.put(hit.object, row)
		}
	}
	for name, ids := range o.created {
		object := t.object(name)
		if object == nil {
			continue
		}
		for _, id := range ids {
			t.put(object, o.rows[id])
		}
	}
}

// firstCreated is the number of the first record that is created: no org's own
// records reach it.
const firstCreated = 62 * 62 * 62 * 62

// Author is who writes a record, and when by the org's clock.
type Author struct {
	// User is the id of the user.
	User string
	Now  time.Time
}

// stamped is the row as the author leaves it.
func (a Author) stamped(r Row) Row {
	at := a.Now.UTC().Truncate(time.Second)
	r["LastModifiedDate"], r["LastModifiedById"], r["SystemModstamp"] = at, a.User, at
	return r
}
