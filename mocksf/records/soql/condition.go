package soql

// either reads conditions joined by OR. AND and OR cannot be mixed without
// parentheses: the service refuses the second kind of word.
func (p *parser) either(depth int) Condition {
	first := p.term(depth)
	for _, join := range []string{"AND", "OR"} {
		if !p.peek().is(join) {
			continue
		}
		list := []Condition{first}
		for p.accept(join) {
			list = append(list, p.term(depth))
		}
		if join == "AND" {
			return And(list)
		}
		return Or(list)
	}
	return first
}

func (p *parser) term(depth int) Condition {
	if depth > maxDepth {
		p.unexpected(p.peek())
	}
	switch {
	case p.err != nil:
		return nil
	case p.accept("NOT"):
		return Not{p.term(depth + 1)}
	case p.accept("("):
		c := p.either(depth + 1)
		p.expect(")")
		return c
	}
	return p.compare()
}

func (p *parser) compare() Condition {
	c := Compare{Path: p.path()}
	t := p.take()
	switch {
	case t.is("IN"):
		c.Op, c.Values = In, p.list()
	case t.is("NOT"):
		p.expect("IN")
		c.Op, c.Values = NotIn, p.list()
	case t.is("LIKE"):
		c.Op, c.Values = Like, p.pattern()
	default:
		op, ok := comparisons[t.text]
		if !ok || t.kind != mark {
			p.unexpected(t)
		}
		c.Op, c.Values = op, []Value{p.value()}
	}
	return c
}

var comparisons = map[string]Op{
	"=": Equal, "!=": NotEqual, "<>": NotEqual, "<": Less, ">": Greater, "<=": LessOrEqual, ">=": GreaterOrEqual,
}

func (p *parser) list() []Value {
	var values []Value
	p.expect("(")
	for {
		values = append(values, p.value())
		if !p.accept(",") {
			break
		}
	}
	p.expect(")")
	return values
}

// pattern reads what follows LIKE: a text.
func (p *parser) pattern() []Value {
	t := p.peek()
	v := p.value()
	if v.Kind != Text {
		p.unexpected(t)
	}
	return []Value{v}
}

func (p *parser) value() Value {
	t := p.take()
	v, ok := valueOf(t)
	if !ok {
		p.unexpected(t)
	}
	return v
}
