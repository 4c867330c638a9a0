package soap

// property is one element of a result: how it is written, and what the WSDL says of it.
type property[T any] struct {
	// name is the element's, kind its XML Schema type.
	name, kind string
	// nillable elements can be null, optional ones missing, repeated ones missing or several.
	nillable, optional, repeats bool
	write                       func(*document, T)
}

func flag[T any](name string, value func(T) bool) property[T] {
	return property[T]{name: name, kind: "xsd:boolean", write: func(d *document, x T) { d.flag(name, value(x)) }}
}

func text[T any](name string, value func(T) string) property[T] {
	return property[T]{name: name, kind: "xsd:string", write: func(d *document, x T) { d.text(name, value(x)) }}
}

func number[T any](name string, value func(T) int) property[T] {
	return property[T]{name: name, kind: "xsd:int", write: func(d *document, x T) { d.number(name, value(x)) }}
}

// null is a property that no user or org of the fake has.
func null[T any](name string) property[T] {
	return property[T]{name: name, kind: "xsd:string", nillable: true, write: func(d *document, _ T) { d.null(name) }}
}

func never[T any](T) bool  { return false }
func always[T any](T) bool { return true }
