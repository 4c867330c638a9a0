// Package soql reads queries in Salesforce's query language: SELECT of fields,
// parent fields or COUNT() from one object, with WHERE, ORDER BY, LIMIT and OFFSET.
// Subqueries, GROUP BY and aggregates other than COUNT() are refused as malformed.
package soql

// Query is a query as written; nothing in it is checked against a schema.
type Query struct {
	// Text is the query as sent.
	Text string
	// Count says that the query is SELECT COUNT().
	Count bool
	// Fields are the selected fields, in order.
	Fields []Path
	// Every is set for FIELDS(ALL) and FIELDS(STANDARD), in place of Fields.
	Every Every
	// EveryAt is the offset of the group's name in the text.
	EveryAt int
	// From is the object; Alias is what else the query calls it.
	From  Path
	Alias string
	// Where is nil without a condition.
	Where Condition
	Order []Order
	// Limit is -1 without one.
	Limit, Offset int
}

// Every is a group of fields that FIELDS() selects.
type Every string

// The groups of fields.
const (
	AllFields      Every = "ALL"
	StandardFields Every = "STANDARD"
)

// Path is a name, or several joined by dots: Name, Account.Name.
type Path struct {
	Names []string
	// At is the offset in the query's text.
	At int
}

// Order is one field of ORDER BY.
type Order struct {
	Path       Path
	Descending bool
	NullsLast  bool
}

// Condition is And, Or, Not or Compare.
type Condition interface{ condition() }

// And holds if all of its conditions hold.
type And []Condition

// Or holds if one of its conditions holds.
type Or []Condition

// Not holds if its condition does not.
type Not struct{ Condition Condition }

// Compare compares a field with a value, or with several for IN and NOT IN.
type Compare struct {
	Path   Path
	Op     Op
	Values []Value
}

func (And) condition()     {}
func (Or) condition()      {}
func (Not) condition()     {}
func (Compare) condition() {}

// Op is an operator of comparison.
type Op string

// The operators.
const (
	Equal          Op = "="
	NotEqual       Op = "!="
	Less           Op = "<"
	Greater        Op = ">"
	LessOrEqual    Op = "<="
	GreaterOrEqual Op = ">="
	Like           Op = "LIKE"
	In             Op = "IN"
	NotIn          Op = "NOT IN"
)
