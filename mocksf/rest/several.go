package rest

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/records"
)

const (
	// severalPath is where several records are written at once (REST API Developer
	// Guide, "sObject Collections").
	severalPath = "/composite/sobjects"
	// mostRecords is how many they may be.
	mostRecords = 200
)

// severalRefusals are those of requests that write several records.
type severalRefusals struct{ tooLarge, rolledBack, idMissing, keyMissing fixtures.Refusal }

func ofSeveral() severalRefusals {
	return severalRefusals{
		tooLarge: fixtures.MustRefusal("collection-too-large"), rolledBack: fixtures.MustRefusal("collection-rolled-back"),
		idMissing: fixtures.MustRefusal("collection-id-missing"), keyMissing: fixtures.MustRefusal("collection-external-id-missing"),
	}
}

// element is a record of a collection as it was sent.
type element struct {
	body
	object string
	// id is that of a record which is named and not sent.
	id string
}

// collection is a request that writes several records.
type collection struct {
	allOrNone bool
	elements  []element
}

// parseCollection reads the records of a request. The second result refuses what are none.
func (a *api) parseCollection(r *exchange.Request) (collection, *exchange.Answer) {
	b, wrong := a.parseBody(r)
	if wrong != nil {
		return collection{}, wrong
	}
	if _, ok := b.values["records"].([]any); !ok {
		return collection{}, a.refuseType(b, b.at["records"], b.values["records"], "complexvalue")
	}
	if flag, sent := b.values["allOrNone"]; sent {
		if _, ok := flag.(bool); !ok {
			return collection{}, a.refuseType(b, b.at["allOrNone"], flag, "boolean")
		}
	}
	var sent struct {
		AllOrNone bool
		Records   []json.RawMessage
	}
	// It was read before, so that there is no error.
	_ = json.Unmarshal(r.Body, &sent)
	c := collection{allOrNone: sent.AllOrNone}
	for _, text := range sent.Records {
		e, wrong := a.parseElement(text)
		if wrong != nil {
			return collection{}, wrong
		}
		c.elements = append(c.elements, e)
	}
	return c, nil
}

func (a *api) parseElement(text []byte) (element, *exchange.Answer) {
	b, wrong := a.parseObject(text)
	if wrong != nil {
		return element{}, wrong
	}
	var sent struct{ Attributes struct{ Type string } }
	// Attributes of another form name no object, and are refused as such.
	_ = json.Unmarshal(text, &sent)
	return element{body: b, object: sent.Attributes.Type}, nil
}

// take removes a field, whose name is not case-sensitive, and returns its text.
func (e element) take(name string) string {
	for field, value := range e.values {
		if strings.EqualFold(field, name) {
			delete(e.values, field)
			text, isText := value.(string)
			if number, isNumber := value.(json.Number); isNumber {
				return number.String()
			}
			if isText {
				return text
			}
		}
	}
	return ""
}

// refusedElement is an error of one record that no write has met.
type refusedElement struct{ answer fixtures.Answer }

// Error implements error.
func (e refusedElement) Error() string { return "rest: " + e.answer.Error }

// failure is what the answer says of a record that was not written.
type failure struct {
	StatusCode string   `json:"statusCode"`
	Message    string   `json:"message"`
	Fields     []string `json:"fields"`
}

func failureOf(a fixtures.Answer) failure {
	f := failure{a.Error, a.Description, []string{}}
	if a.Fields != "" {
		f.Fields = strings.Split(a.Fields, ", ")
	}
	return f
}

// failed is what became of a record because of an error; false if the error makes the
// whole request one that cannot be read. Which do is assumed: those of a single write
// whose answer names no fields.
func (a *api) failed(err error) (failure, bool) {
	if alone, ok := errors.AsType[refusedElement](err); ok {
		return failureOf(alone.answer), true
	}
	var e *records.Error
	if !errors.As(err, &e) {
		panic("rest: records are refused with *records.Error alone: " + err.Error())
	}
	switch e.Reason {
	case records.NoObject, records.NoExternalID, records.WrongType, records.UnknownField, records.UnexpectedField:
		return failure{}, false
	case records.NoRecord:
		return failureOf(a.byReason[records.UnknownReference].Answer), true
	default:
		return failureOf(a.byReason[e.Reason].Answer.With(blanksOf(e)...)), true
	}
}
