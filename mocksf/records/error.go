package records

import "fmt"

// Error says why a record was not read or written.
type Error struct {
	Reason Reason
	// Object is the API name of the record's object.
	Object string
	// Fields are the API names of the fields at fault.
	Fields []string
	// Label is the label of the first of them, Max its length in characters.
	Label string
	Max   int
	// Value is what was sent.
	Value string
	// ID is the record that the write collides with.
	ID string
}

// Reason is what is wrong with a request for a record.
type Reason string

// The reasons.
const (
	// NoObject: there is no such object, or it takes no records.
	NoObject Reason = "no such object"
	// NoRecord: there is no record with the id.
	NoRecord Reason = "no such record"
	// DeletedRecord: the record is in the recycle bin.
	DeletedRecord Reason = "record is deleted"
	// NoExternalID: the field of an upsert names no records.
	NoExternalID Reason = "no external id"
	// UnknownField: the object has no such field.
	UnknownField Reason = "unknown field"
	// UnexpectedField: the field is named by the request itself.
	UnexpectedField Reason = "unexpected field"
	// IDInInsert: a new record has an id.
	IDInInsert Reason = "id in insert"
	// ReadOnlyField: the org alone sets the fields.
	ReadOnlyField Reason = "read-only field"
	// MissingField: the fields cannot be empty.
	MissingField Reason = "missing field"
	// WrongType: the value does not suit the field's type.
	WrongType Reason = "wrong type"
	// TooLong: the text is longer than the field.
	TooLong Reason = "too long"
	// IllFittingReference: the value is no id of the object that the field refers to.
	IllFittingReference Reason = "ill-fitting reference"
	// UnknownReference: no record has the id that the field refers to.
	UnknownReference Reason = "unknown reference"
	// DuplicateValue: another record has the value of a unique field.
	DuplicateValue Reason = "duplicate value"
	// StorageFull: the org takes no more records.
	StorageFull Reason = "storage full"
)

// Error implements error. It does not repeat what was sent.
func (e *Error) Error() string {
	return fmt.Sprintf("records: %s: %s %v", e.Reason, e.Object, e.Fields)
}
