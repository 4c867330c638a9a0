package soap

import "github.com/sfconform/sfconform/mocksf/records"

// fieldOf is a field of an object, which a describe result needs both of.
type fieldOf struct {
	object *records.Object
	*records.Field
}

func writeFields(d *document, o object) {
	for i := range o.Fields {
		d.write("<fields>")
		for _, p := range fieldProperties {
			p.write(d, fieldOf{o, &o.Fields[i]})
		}
		d.write("</fields>")
	}
}

func changeable(f fieldOf) bool { return !f.object.ReadOnly && !f.ReadOnly }
func shortText(f fieldOf) bool  { return f.Type != records.TextArea }
func unique(f fieldOf) bool     { return f.ExternalID }

// fieldProperties are what a describe says of a field, in alphabetical order as the
// service has it, as far as the fake knows it.
var fieldProperties = []property[fieldOf]{
	flag("autoNumber", never[fieldOf]),
	number("byteLength", func(f fieldOf) int { return 3 * f.Length }),
	flag("calculated", never[fieldOf]),
	flag("caseSensitive", never[fieldOf]),
	flag("createable", changeable),
	flag("custom", func(f fieldOf) bool { return f.Custom() }),
	flag("defaultedOnCreate", never[fieldOf]),
	flag("deprecatedAndHidden", never[fieldOf]),
	number("digits", func(fieldOf) int { return 0 }),
	flag("externalId", unique),
	flag("filterable", shortText),
	flag("groupable", shortText),
	flag("idLookup", func(f fieldOf) bool { return f.ExternalID || f.Type == records.ID }),
	text("label", func(f fieldOf) string { return f.Label }),
	number("length", func(f fieldOf) int { return f.Length }),
	text("name", func(f fieldOf) string { return f.Name }),
	flag("nameField", func(f fieldOf) bool { return f.Name == "Name" }),
	flag("namePointing", never[fieldOf]),
	flag("nillable", func(f fieldOf) bool { return !f.Required }),
	number("precision", func(fieldOf) int { return 0 }),
	{name: "referenceTo", kind: "xsd:string", repeats: true, write: writeReference},
	{name: "relationshipName", kind: "xsd:string", optional: true, write: writeRelationship},
	flag("restrictedPicklist", never[fieldOf]),
	number("scale", func(fieldOf) int { return 0 }),
	text("soapType", func(f fieldOf) string { return soapType(f.Type) }),
	flag("sortable", shortText),
	text("type", func(f fieldOf) string { return string(f.Type) }),
	flag("unique", unique),
	flag("updateable", changeable),
}

func writeReference(d *document, f fieldOf) {
	if f.ReferenceTo != "" {
		d.text("referenceTo", f.ReferenceTo)
	}
}

func writeRelationship(d *document, f fieldOf) {
	if f.Relationship != "" {
		d.text("relationshipName", f.Relationship)
	}
}

// soapType is the field's type in the WSDL.
func soapType(t records.FieldType) string {
	switch t {
	case records.ID, records.Reference:
		return "tns:ID"
	case records.Boolean:
		return "xsd:boolean"
	case records.Int:
		return "xsd:int"
	case records.Double, records.Currency, records.Percent:
		return "xsd:double"
	case records.Date:
		return "xsd:date"
	case records.DateTime:
		return "xsd:dateTime"
	case records.Text, records.TextArea, records.Picklist, records.Email, records.Phone, records.URL:
	}
	return "xsd:string"
}
