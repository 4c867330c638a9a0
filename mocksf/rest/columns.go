package rest

import "github.com/sfconform/sfconform/mocksf/records"

// columnMetadata is what /query answers with columns=true, in place of records.
type columnMetadata struct {
	Columns    []column `json:"columnMetadata"`
	Entity     string   `json:"entityName"`
	GroupBy    bool     `json:"groupBy"`
	IDSelected bool     `json:"idSelected"`
	KeyPrefix  string   `json:"keyPrefix"`
}

type column struct {
	Aggregate   bool     `json:"aggregate"`
	ApexType    string   `json:"apexType"`
	Boolean     bool     `json:"booleanType"`
	Name        string   `json:"columnName"`
	Custom      bool     `json:"custom"`
	DisplayName string   `json:"displayName"`
	ForeignKey  *string  `json:"foreignKeyName"`
	Insertable  bool     `json:"insertable"`
	JoinColumns []column `json:"joinColumns"`
	Number      bool     `json:"numberType"`
	Text        bool     `json:"textType"`
	Updatable   bool     `json:"updatable"`
}

func describeColumns(result records.Result) columnMetadata {
	m := columnMetadata{Columns: columnsOf(result.Object, result.Columns), Entity: result.Object.Name, KeyPrefix: result.Object.KeyPrefix}
	for _, c := range m.Columns {
		m.IDSelected = m.IDSelected || c.Name == "Id"
	}
	return m
}

func columnsOf(o *records.Object, list []records.Column) []column {
	columns := make([]column, 0, len(list))
	for _, c := range list {
		described := column{Name: c.Name(), DisplayName: c.Name(), JoinColumns: columnsOf(o, c.Parent)}
		if len(c.Parent) > 0 {
			described.ApexType, described.ForeignKey = c.Field.ReferenceTo, &c.Field.Name
		} else {
			described.describe(o, c.Field)
		}
		columns = append(columns, described)
	}
	return columns
}

func (c *column) describe(o *records.Object, f *records.Field) {
	c.ApexType, c.Custom = apexType(f.Type), f.Custom()
	c.Boolean = f.Type == records.Boolean
	c.Number = c.ApexType == "Integer" || c.ApexType == "Double"
	c.Text = c.ApexType == "String"
	c.Insertable = !f.ReadOnly && !o.ReadOnly
	c.Updatable = c.Insertable
}

func apexType(t records.FieldType) string {
	switch t {
	case records.ID, records.Reference:
		return "Id"
	case records.Boolean:
		return "Boolean"
	case records.Int:
		return "Integer"
	case records.Double, records.Currency, records.Percent:
		return "Double"
	case records.Date:
		return "Date"
	case records.DateTime:
		return "Datetime"
	case records.Text, records.TextArea, records.Picklist, records.Email, records.Phone, records.URL:
	}
	return "String"
}
