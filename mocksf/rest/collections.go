package rest

import (
	"strings"

	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/records"
)

// written is what the answer says of one record.
type written struct {
	ID      string    `json:"id,omitempty"`
	Success bool      `json:"success"`
	Errors  []failure `json:"errors"`
	// Created is told of upserts alone.
	Created *bool `json:"created,omitempty"`
}

func kept(id string) written { return written{ID: id, Success: true, Errors: []failure{}} }

func (a *api) createSeveral(r *exchange.Request, x *access) exchange.Answer {
	return a.writeEach(r, x, func(w records.Writes, e element) (written, error) {
		id, err := w.Create(e.object, e.values)
		return kept(id), err
	})
}

func (a *api) updateSeveral(r *exchange.Request, x *access) exchange.Answer {
	return a.writeEach(r, x, func(w records.Writes, e element) (written, error) {
		id := e.take("Id")
		if id == "" {
			return written{}, refusedElement{a.several.idMissing.Answer}
		}
		return kept(id), w.Update(e.object, id, e.values)
	})
}

func (a *api) upsertSeveral(r *exchange.Request, x *access) exchange.Answer {
	object, field := r.Value("type"), r.Value("field")
	return a.writeEach(r, x, func(w records.Writes, e element) (written, error) {
		key := e.take(field)
		if key == "" {
			return written{}, refusedElement{a.several.keyMissing.Answer.With("field", field)}
		}
		id, created, err := w.Upsert(object, field, key, e.values)
		done := kept(id)
		done.Created = &created
		return done, err
	})
}

func (a *api) removeSeveral(r *exchange.Request, x *access) exchange.Answer {
	c := collection{allOrNone: strings.EqualFold(r.Query.Get("allOrNone"), "true")}
	for id := range strings.SplitSeq(r.Query.Get("ids"), ",") {
		c.elements = append(c.elements, element{id: strings.TrimSpace(id)})
	}
	return a.write(r, x, c, func(w records.Writes, e element) (written, error) { return kept(e.id), w.Delete(e.id) })
}

// writeOne writes one record of a collection.
type writeOne func(records.Writes, element) (written, error)

// writeEach writes the records of the body.
func (a *api) writeEach(r *exchange.Request, x *access, one writeOne) exchange.Answer {
	c, wrong := a.parseCollection(r)
	if wrong != nil {
		return *wrong
	}
	return a.write(r, x, c, one)
}

// write writes the records one after the other, and none of them if the request is one
// that cannot be read, or if it asks for all or none and one is refused.
func (a *api) write(r *exchange.Request, x *access, c collection, one writeOne) exchange.Answer {
	if len(c.elements) > mostRecords {
		return exchange.Refuse(&a.several.tooLarge)
	}
	done, refused, unread, at := make([]written, len(c.elements)), false, error(nil), body{}
	a.records.Together(r.Org, author(r, x), func(w records.Writes) bool {
		for i, e := range c.elements {
			var err error
			if done[i], err = one(w, e); err == nil {
				continue
			}
			f, alone := a.failed(err)
			if !alone {
				unread, at = err, e.body
				return false
			}
			done[i], refused = written{Errors: []failure{f}}, true
		}
		return !refused || !c.allOrNone
	})
	if unread != nil {
		return a.refuseRecord(r, at, unread)
	}
	if refused && c.allOrNone {
		a.rollBack(done)
	}
	return exchange.JSON(done)
}

// rollBack says of the records that could be written that they were not.
func (a *api) rollBack(done []written) {
	for i := range done {
		if done[i].Success {
			done[i] = written{Errors: []failure{failureOf(a.several.rolledBack.Answer)}}
		}
	}
}
