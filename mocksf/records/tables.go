package records

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/snapshot"
)

// tables are the objects of one snapshot of the org and their rows.
type tables struct {
	org *snapshot.Org
	// objects by API name in lower case.
	objects map[string]*Object
	// mu guards rows and byID, which writes add to. A slice of rows that was handed out
	// does not change: it is only ever appended to or replaced.
	mu sync.RWMutex
	// rows by API name of their object, in the order of their ids.
	rows map[string][]Row
	byID map[string]found
}

// found is a row and the object it belongs to.
type found struct {
	object *Object
	row    Row
}

func newTables(org *snapshot.Org) *tables {
	t := &tables{org: org, objects: map[string]*Object{}, rows: map[string][]Row{}, byID: map[string]found{}}
	for _, o := range standardObjects {
		t.objects[strings.ToLower(o.Name)] = o.index()
	}
	owner := ownerID(org)
	t.seedSetup(org, owner)
	t.seedStandard(owner)
	for _, name := range slices.Sorted(maps.Keys(org.Records)) {
		t.addOwn(name, org.Records[name], owner)
	}
	return t
}

// object is the object with the name, which is not case-sensitive; nil if there is none.
func (t *tables) object(name string) *Object { return t.objects[strings.ToLower(name)] }

// list is all objects by name.
func (t *tables) list() []*Object {
	return slices.SortedFunc(maps.Values(t.objects), func(a, b *Object) int { return cmp.Compare(a.Name, b.Name) })
}

// add adds the row as the object's n-th, with the system fields that it leaves out.
func (t *tables) add(object string, owner any, r Row, n int) {
	o := t.object(object)
	at := founded.Add(time.Duration(n) * time.Hour)
	defaults := Row{
		"Id": t.id(object, n), "IsDeleted": false, "CreatedDate": at, "CreatedById": owner,
		"LastModifiedDate": at, "LastModifiedById": owner, "SystemModstamp": at,
	}
	if o.Field("OwnerId") != nil {
		defaults["OwnerId"] = owner
	}
	for name, v := range defaults {
		if r[name] == nil || name == "Id" && r.ID() == "" {
			r[name] = v
		}
	}
	t.put(o, r)
}

// put makes the row the newest of its record, which may be a new one.
func (t *tables) put(o *Object, r Row) {
	t.mu.Lock()
	defer t.mu.Unlock()
	rows, id := t.rows[o.Name], r.ID()
	if _, known := t.byID[id]; known {
		rows = slices.Clone(rows)
		rows[slices.IndexFunc(rows, func(old Row) bool { return old.ID() == id })] = r
	} else {
		rows = append(rows, r)
	}
	t.rows[o.Name], t.byID[id] = rows, found{o, r}
}

// rowsOf are the object's rows, deleted ones among them. They must not be changed.
func (t *tables) rowsOf(o *Object) []Row {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.rows[o.Name]
}

// find is the record with the 18-character id.
func (t *tables) find(id string) (found, bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	hit, ok := t.byID[id]
	return hit, ok
}

const (
	base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	// serial is how many characters of an id count the records.
	serial = 6
)

// id is the id of the object's n-th record: the key prefix, the pod, four
// characters of the org's own id, so that two orgs share no record id, and the number.
func (t *tables) id(object string, n int) string {
	return recordID(t.org, t.object(object).KeyPrefix, n)
}

func recordID(org *snapshot.Org, prefix string, n int) string {
	id := []byte(prefix + "Ak" + org.ID[11:15] + strings.Repeat("0", serial))
	for i := len(id) - 1; i >= len(id)-serial && n > 0; i-- {
		id[i] = base62[n%len(base62)]
		n /= len(base62)
	}
	return fixtures.ID18(string(id))
}
