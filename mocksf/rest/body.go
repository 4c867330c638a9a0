package rest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/records"
)

// body is a record as it was sent: its values, and where each of them stands.
type body struct {
	text   []byte
	values records.Values
	// at are the offsets of the values by field name.
	at map[string]int
}

// parseBody reads a JSON object. The second result refuses what is none; nil if it is one.
func (a *api) parseBody(r *exchange.Request) (body, *exchange.Answer) { return a.parseObject(r.Body) }

func (a *api) parseObject(text []byte) (body, *exchange.Answer) {
	b := body{text: text, values: records.Values{}, at: map[string]int{}}
	if len(bytes.TrimSpace(b.text)) == 0 {
		return b, refusal(&a.bodyMissing)
	}
	d := json.NewDecoder(bytes.NewReader(b.text))
	d.UseNumber()
	start, err := d.Token()
	switch {
	case err != nil:
		return b, a.refuseJSON(b, d, err)
	case start != json.Delim('{'):
		return b, a.refuseType(b, bytes.IndexFunc(b.text, isNoSpace), start, "complexvalue")
	}
	for d.More() {
		if err := b.member(d); err != nil {
			return b, a.refuseJSON(b, d, err)
		}
	}
	if _, err := d.Token(); err != nil {
		return b, a.refuseJSON(b, d, err)
	}
	end := int(d.InputOffset())
	if behind := bytes.IndexFunc(b.text[end:], isNoSpace); behind >= 0 {
		return b, a.refuseCharacter(b, end+behind)
	}
	delete(b.values, "attributes")
	return b, nil
}

// member reads one name and value.
func (b *body) member(d *json.Decoder) error {
	name, err := d.Token()
	if err != nil {
		return err
	}
	var raw json.RawMessage
	if err := d.Decode(&raw); err != nil {
		return err
	}
	inner := json.NewDecoder(bytes.NewReader(raw))
	inner.UseNumber()
	var v any
	if err := inner.Decode(&v); err != nil {
		return err
	}
	// A name in an object is a string.
	field, _ := name.(string)
	b.values[field], b.at[field] = v, int(d.InputOffset())-len(raw)
	return nil
}

func isNoSpace(r rune) bool { return r != ' ' && r != '\t' && r != '\n' && r != '\r' }

func refusal(r *fixtures.Refusal, values ...string) *exchange.Answer {
	answer := exchange.RefuseWith(r, values...)
	return &answer
}

// refuseJSON is the answer to what is no JSON, at the place where that shows.
func (a *api) refuseJSON(b body, d *json.Decoder, err error) *exchange.Answer {
	at := int(d.InputOffset())
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		at = max(at, int(syntax.Offset)-1)
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || at >= len(b.text) {
		return refusal(&a.bodyCutShort, b.place(len(b.text))...)
	}
	return a.refuseCharacter(b, at)
}

func (a *api) refuseCharacter(b body, at int) *exchange.Answer {
	c := b.text[at]
	return refusal(&a.bodyMalformed, append(b.place(at), "character", string(rune(c)), "code", strconv.Itoa(int(c)))...)
}

// refuseType is the answer to a value of a wrong type.
func (a *api) refuseType(b body, at int, v any, wanted string) *exchange.Answer {
	token, value := jsonToken(v)
	return refusal(&a.valueTypeWrong, append(b.place(at), "type", wanted, "token", token, "value", value)...)
}

// place is line and column of an offset, both counted from 1.
func (b body) place(at int) []string {
	before := b.text[:min(max(at, 0), len(b.text))]
	line := bytes.Count(before, []byte("\n")) + 1
	column := len(before) - bytes.LastIndexByte(before, '\n')
	return []string{"line", strconv.Itoa(line), "column", strconv.Itoa(column)}
}

// jsonToken is the name that the service's parser has for a value, and its text.
func jsonToken(v any) (token, text string) {
	switch x := v.(type) {
	case string:
		return "VALUE_STRING", x
	case bool:
		return map[bool]string{true: "VALUE_TRUE", false: "VALUE_FALSE"}[x], strconv.FormatBool(x)
	case json.Number:
		if _, err := strconv.ParseInt(x.String(), 10, 64); err == nil {
			return "VALUE_NUMBER_INT", x.String()
		}
		return "VALUE_NUMBER_FLOAT", x.String()
	case []any:
		return "START_ARRAY", "["
	case json.Delim:
		return "START_ARRAY", x.String()
	case map[string]any:
		return "START_OBJECT", "{"
	}
	return "VALUE_NULL", "null"
}
