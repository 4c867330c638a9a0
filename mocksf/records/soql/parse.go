package soql

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// MaxLength is the longest query in characters, as on the service.
const MaxLength = 100_000

// maxDepth bounds the nesting of parentheses, and with it the stack.
const maxDepth = 50

// Parse reads a query. Every error is an *Error of the kind Malformed.
func Parse(query string) (Query, error) {
	if utf8.RuneCountInString(query) > MaxLength {
		return Query{}, &Error{Kind: Malformed, Token: "<EOF>", Query: query, At: len(query)}
	}
	p := &parser{query: query, tokens: lex(query)}
	q := Query{Text: query, Limit: -1}
	p.selectClause(&q)
	p.fromClause(&q)
	if p.accept("WHERE") {
		q.Where = p.either(0)
	}
	p.orderClause(&q)
	if p.accept("LIMIT") {
		q.Limit = p.wholeNumber()
	}
	if p.accept("OFFSET") {
		q.Offset = p.wholeNumber()
	}
	if p.peek().kind != end {
		p.unexpected(p.peek())
	}
	if p.err != nil {
		return Query{}, p.err
	}
	return q, nil
}

// parser keeps the first error; after it, every look ahead finds the end.
type parser struct {
	query  string
	tokens []token
	err    *Error
}

func (p *parser) peek() token {
	if p.err != nil {
		return token{kind: end}
	}
	return p.tokens[0]
}

func (p *parser) take() token {
	t := p.peek()
	if t.kind == bad {
		p.unexpected(t)
	}
	if len(p.tokens) > 1 {
		p.tokens = p.tokens[1:]
	}
	return t
}

// accept takes the keyword or mark if it is next.
func (p *parser) accept(s string) bool {
	if !p.peek().is(s) {
		return false
	}
	p.take()
	return true
}

func (p *parser) expect(s string) {
	if !p.accept(s) {
		p.unexpected(p.peek())
	}
}

func (p *parser) unexpected(t token) {
	if p.err == nil {
		p.err = &Error{Kind: Malformed, Token: t.text, Query: p.query, At: t.at}
	}
}

func (p *parser) selectClause(q *Query) {
	p.expect("SELECT")
	if p.peek().is("COUNT") && len(p.tokens) > 1 && p.tokens[1].is("(") {
		p.take()
		p.take()
		p.expect(")")
		q.Count = true
		return
	}
	if p.peek().is("FIELDS") && len(p.tokens) > 1 && p.tokens[1].is("(") {
		p.fieldsFunction(q)
		return
	}
	for {
		q.Fields = append(q.Fields, p.path())
		if !p.accept(",") {
			return
		}
	}
}

func (p *parser) fieldsFunction(q *Query) {
	p.take()
	p.take()
	t := p.take()
	q.Every, q.EveryAt = Every(strings.ToUpper(t.text)), t.at
	if q.Every != AllFields && q.Every != StandardFields {
		p.unexpected(t)
	}
	p.expect(")")
}

func (p *parser) fromClause(q *Query) {
	p.expect("FROM")
	q.From = p.path()
	asWritten := p.accept("AS")
	if t := p.peek(); t.kind == word && (asWritten || !isKeyword(t.text) && !t.is("ORDER")) {
		q.Alias = p.take().text
	}
}

func (p *parser) orderClause(q *Query) {
	if !p.accept("ORDER") {
		return
	}
	p.expect("BY")
	for {
		o := Order{Path: p.path()}
		if !p.accept("ASC") {
			o.Descending = p.accept("DESC")
		}
		if p.accept("NULLS") {
			o.NullsLast = p.accept("LAST")
			if !o.NullsLast {
				p.expect("FIRST")
			}
		}
		q.Order = append(q.Order, o)
		if !p.accept(",") {
			return
		}
	}
}

func (p *parser) wholeNumber() int {
	t := p.take()
	n, err := strconv.Atoi(t.text)
	if t.kind != literal || err != nil || n < 0 {
		p.unexpected(t)
	}
	return n
}

// path reads a name. Keywords are no names where a name begins a clause's list.
func (p *parser) path() Path {
	t := p.take()
	names := strings.Split(t.text, ".")
	if t.kind != word || isKeyword(t.text) || slices.Contains(names, "") || strings.Contains(t.text, ":") {
		p.unexpected(t)
	}
	return Path{Names: names, At: t.at}
}

// isKeyword says whether the word is reserved, so that it names no field or object.
// Order is not: it is an object.
func isKeyword(s string) bool {
	return slices.Contains([]string{
		"SELECT", "FROM", "WHERE", "AND", "OR", "NOT", "LIKE", "IN", "INCLUDES", "EXCLUDES", "LIMIT",
		"OFFSET", "GROUP", "HAVING", "USING", "WITH", "FOR", "ALL", "NULL", "TRUE", "FALSE",
	}, strings.ToUpper(s))
}
