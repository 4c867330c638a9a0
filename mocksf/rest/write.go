package rest

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/records"
)

// saved is the answer to a record that was created or upserted.
type saved struct {
	ID      string   `json:"id"`
	Success bool     `json:"success"`
	Errors  []string `json:"errors"`
	// Created is told of upserts alone, from version 46.0 on (REST API Developer Guide).
	Created *bool `json:"created,omitempty"`
}

// tellsCreated is the version from which an upsert says whether it created the record.
const tellsCreated = 46

func (a *api) create(r *exchange.Request, x *access) exchange.Answer {
	b, wrong := a.parseBody(r)
	if wrong != nil {
		return *wrong
	}
	id, err := a.records.Create(r.Org, r.Value("type"), b.values, author(r, x))
	if err != nil {
		return a.refuseRecord(r, b, err)
	}
	answer := exchange.JSONStatus(http.StatusCreated, saved{ID: id, Success: true, Errors: []string{}})
	answer.Header = map[string]string{"Location": root(r) + "/sobjects/" + a.records.Object(r.Org, r.Value("type")).Name + "/" + id}
	return answer
}

func (a *api) update(r *exchange.Request, x *access) exchange.Answer {
	b, wrong := a.parseBody(r)
	if wrong != nil {
		return *wrong
	}
	if err := a.records.Update(r.Org, r.Value("type"), r.Value("id"), b.values, author(r, x)); err != nil {
		return a.refuseRecord(r, b, err)
	}
	return exchange.Answer{Status: http.StatusNoContent}
}

func (a *api) remove(r *exchange.Request, x *access) exchange.Answer {
	if err := a.records.Delete(r.Org, r.Value("type"), r.Value("id"), author(r, x)); err != nil {
		return a.refuseRecord(r, body{}, err)
	}
	return exchange.Answer{Status: http.StatusNoContent}
}

func (a *api) upsert(r *exchange.Request, x *access) exchange.Answer {
	b, wrong := a.parseBody(r)
	if wrong != nil {
		return *wrong
	}
	id, created, err := a.records.Upsert(r.Org, r.Value("type"), r.Value("field"), r.Value("value"), b.values, author(r, x))
	if err != nil {
		return a.refuseRecord(r, b, err)
	}
	answer := saved{ID: id, Success: true, Errors: []string{}}
	tells := versionNumber(r.Value("version")) >= tellsCreated
	if tells {
		answer.Created = &created
	}
	switch {
	case created:
		return exchange.JSONStatus(http.StatusCreated, answer)
	case tells:
		return exchange.JSON(answer)
	}
	return exchange.Answer{Status: http.StatusNoContent}
}

func author(r *exchange.Request, x *access) records.Author {
	return records.Author{User: x.user.ID, Now: r.Now}
}

// refuseRecord is the answer to a record that is not read or written.
func (a *api) refuseRecord(r *exchange.Request, b body, err error) exchange.Answer {
	var e *records.Error
	if !errors.As(err, &e) {
		panic("rest: records are refused with *records.Error alone: " + err.Error())
	}
	switch e.Reason {
	case records.NoObject:
		return a.refuseObject(r)
	case records.NoRecord:
		return a.refuseID(r)
	case records.NoExternalID:
		return exchange.RefuseWith(&a.notAccessible, "name", e.Fields[0])
	case records.WrongType:
		return *a.refuseType(b, b.at[e.Fields[0]], b.values[e.Fields[0]], typeName(records.FieldType(e.Label)))
	default:
	}
	refused := a.byReason[e.Reason]
	return exchange.RefuseWith(&refused, blanksOf(e)...)
}

// blanksOf are names and values for the blanks of a refusal.
func blanksOf(e *records.Error) []string {
	first := ""
	if len(e.Fields) > 0 {
		first = e.Fields[0]
	}
	return []string{
		"type", e.Object, "field", first, "fields", strings.Join(e.Fields, ", "),
		"label", e.Label, "max", strconv.Itoa(e.Max), "value", e.Value, "id", e.ID,
	}
}

// refuseObject is the answer where there is no such object, or none that takes records.
// That the latter is a matter of the method is assumed.
func (a *api) refuseObject(r *exchange.Request) exchange.Answer {
	if a.records.Object(r.Org, r.Value("type")) == nil {
		return exchange.Refuse(&a.notFound)
	}
	return exchange.RefuseWith(&a.methodNotAllowed, "method", r.Method, "allowed", "HEAD,GET")
}

// refuseID is the answer where no record has the id, by what is wrong with it.
func (a *api) refuseID(r *exchange.Request) exchange.Answer {
	id := r.Value("id")
	if id == "" {
		return exchange.Refuse(&a.notFound)
	}
	switch looks, fits := records.WellFormedID(id); {
	case !looks:
		return exchange.RefuseWith(&a.notAccessible, "name", id)
	case !fits:
		return exchange.RefuseWith(&a.idMalformed, "id", id)
	}
	return exchange.Refuse(&a.notFound)
}

// typeName is what the service's parser calls the type of a field.
func typeName(t records.FieldType) string {
	switch t {
	case records.Currency, records.Percent, records.Double:
		return "double"
	case records.Boolean, records.Int, records.Date, records.DateTime:
		return string(t)
	case records.ID, records.Reference:
		return "reference"
	default:
		return "string"
	}
}
