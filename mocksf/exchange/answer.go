package exchange

import (
	"bytes"
	"encoding/json"

	"github.com/sfconform/sfconform/fixtures"
)

const jsonType = "application/json;charset=UTF-8"

// JSON is a 200 with the value as compact JSON. The value must be encodable.
func JSON(v any) Answer { return JSONStatus(200, v) }

// JSONStatus is an answer with the value as compact JSON. The value must be encodable.
func JSONStatus(status int, v any) Answer {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic("exchange: a handler returned a value that JSON cannot hold: " + err.Error())
	}
	return Answer{Status: status, ContentType: jsonType, Body: bytes.TrimSuffix(b.Bytes(), []byte("\n"))}
}

// Refuse is the answer of a refusal as the catalogue has it.
func Refuse(r *fixtures.Refusal) Answer {
	return Answer{
		Status:      r.Answer.Status,
		ContentType: r.Answer.ContentType(),
		Body:        r.Answer.Body(),
		Header:      r.Answer.Header,
		Note:        Note{Refusal: r.ID},
	}
}
