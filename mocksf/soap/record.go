package soap

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/records"
)

// record writes one record as the call's API has it (captures of both: idx:13165656135).
func (c *call) record(d *document, name string, rec records.Record) {
	if c.api == fixtures.PartnerAPI {
		partnerRecord(d, name, rec)
		return
	}
	enterpriseRecord(d, name, rec)
}

// partnerRecord names the type and the id, null if it was not asked for, and then
// every field that was asked for in its order.
func partnerRecord(d *document, name string, rec records.Record) {
	d.write("<", name, ` xsi:type="sf:sObject">`)
	d.text("sf:type", rec.Object.Name)
	i := slices.IndexFunc(rec.Cells, func(c records.Cell) bool { return c.Name == "Id" })
	if i < 0 {
		d.null("sf:Id")
	} else {
		d.text("sf:Id", fmt.Sprint(rec.Cells[i].Value))
	}
	for _, cell := range rec.Cells {
		switch v := cell.Value.(type) {
		case nil:
			d.null("sf:" + cell.Name)
		case records.Record:
			partnerRecord(d, "sf:"+cell.Name, v)
		default:
			d.text("sf:"+cell.Name, wireValue(rec.Object, cell))
		}
	}
	d.write("</", name, ">")
}

// enterpriseRecord leaves empty fields out. Its schema orders the fields, the id
// before all others.
func enterpriseRecord(d *document, name string, rec records.Record) {
	d.write("<", name, ` xsi:type="sf:`, rec.Object.Name, `">`)
	for _, cell := range slices.SortedFunc(slices.Values(rec.Cells), byFieldName) {
		switch v := cell.Value.(type) {
		case nil:
		case records.Record:
			enterpriseRecord(d, "sf:"+cell.Name, v)
		default:
			d.text("sf:"+cell.Name, wireValue(rec.Object, cell))
		}
	}
	d.write("</", name, ">")
}

func byFieldName(a, b records.Cell) int { return cmp.Compare(sortKey(a.Name), sortKey(b.Name)) }

// sortKey puts Id first and the others in alphabetical order.
func sortKey(field string) string {
	if field == "Id" {
		return ""
	}
	return field
}

// wireValue is a value in the form of its XML Schema type. The data API writes the
// zone of a moment as +0000, which xsd:dateTime does not know.
func wireValue(o *records.Object, cell records.Cell) string {
	switch v := cell.Value.(type) {
	case string:
		if f := o.Field(cell.Name); f != nil && f.Type == records.DateTime {
			return strings.TrimSuffix(v, "+0000") + "Z"
		}
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return fmt.Sprint(cell.Value)
}
