package rest

import (
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/records"
)

// field is one field of a describe result. The list of fields is the true one; the
// rest is as far as clients read it.
type field struct {
	Aggregatable bool     `json:"aggregatable"`
	Calculated   bool     `json:"calculated"`
	Createable   bool     `json:"createable"`
	Custom       bool     `json:"custom"`
	ExternalID   bool     `json:"externalId"`
	Filterable   bool     `json:"filterable"`
	IDLookup     bool     `json:"idLookup"`
	Label        string   `json:"label"`
	Length       int      `json:"length"`
	Name         string   `json:"name"`
	Nillable     bool     `json:"nillable"`
	Picklist     []string `json:"picklistValues"`
	ReferenceTo  []string `json:"referenceTo"`
	Relationship *string  `json:"relationshipName"`
	SOAPType     string   `json:"soapType"`
	Sortable     bool     `json:"sortable"`
	Type         string   `json:"type"`
	Unique       bool     `json:"unique"`
	Updateable   bool     `json:"updateable"`
}

func (a *api) describe(r *exchange.Request, _ *access) exchange.Answer {
	o := a.records.Object(r.Org, r.Value("type"))
	if o == nil {
		return exchange.Refuse(&a.notFound)
	}
	described := struct {
		Children []exchange.Object `json:"childRelationships"`
		Fields   []field           `json:"fields"`
		summary
		RecordTypes []exchange.Object `json:"recordTypeInfos"`
	}{Children: []exchange.Object{}, summary: summarize(r, o), RecordTypes: []exchange.Object{}}
	for i := range o.Fields {
		described.Fields = append(described.Fields, describeField(o, &o.Fields[i]))
	}
	return exchange.JSON(described)
}

func describeField(o *records.Object, f *records.Field) field {
	writable := !o.ReadOnly && !f.ReadOnly
	d := field{
		Aggregatable: true, Filterable: f.Type != records.TextArea, Sortable: f.Type != records.TextArea,
		Createable: writable, Updateable: writable, Custom: f.Custom(), ExternalID: f.ExternalID, Unique: f.ExternalID,
		IDLookup: f.ExternalID || f.Type == records.ID, Label: f.Label, Length: f.Length, Name: f.Name, Nillable: !f.Required,
		Picklist: []string{}, ReferenceTo: []string{}, SOAPType: soapType(f.Type), Type: string(f.Type),
	}
	if f.ReferenceTo != "" {
		d.ReferenceTo, d.Relationship = []string{f.ReferenceTo}, &f.Relationship
	}
	return d
}

func soapType(t records.FieldType) string {
	switch apexType(t) {
	case "Id":
		return "tns:ID"
	case "Boolean":
		return "xsd:boolean"
	case "Integer":
		return "xsd:int"
	case "Double":
		return "xsd:double"
	case "Date":
		return "xsd:date"
	case "Datetime":
		return "xsd:dateTime"
	}
	return "xsd:string"
}
