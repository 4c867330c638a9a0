package soap

import (
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/records"
)

// batchLimit is how many records a call may carry, as describeGlobal says.
const batchLimit = 200

func describeGlobal(c *call) exchange.Answer {
	return c.answer(func(d *document) {
		d.write("<result>")
		d.text("encoding", "UTF-8")
		d.number("maxBatchSize", batchLimit)
		for _, o := range c.service.records.Objects(c.request.Org) {
			d.write("<sobjects>")
			for _, p := range objectProperties {
				p.write(d, o)
			}
			d.write("</sobjects>")
		}
		d.write("</result>")
	})
}

func describeSObject(c *call) exchange.Answer { return c.describe([]string{c.argument("sObjectType")}) }

func describeSObjects(c *call) exchange.Answer { return c.describe(c.arguments("sObjectType")) }

// describe answers with one result for each object; one that is unknown fails the whole call.
func (c *call) describe(names []string) exchange.Answer {
	objects := make([]*records.Object, len(names))
	for i, name := range names {
		if objects[i] = c.service.records.Object(c.request.Org, name); objects[i] == nil {
			return c.fault(&c.service.unknownType, "place", "", "type", name)
		}
	}
	return c.answer(func(d *document) {
		for _, o := range objects {
			d.write("<result>")
			for _, p := range describeProperties {
				p.write(d, o)
			}
			d.write("</result>")
		}
	})
}

type object = *records.Object

func writable(o object) bool { return !o.ReadOnly }

// objectProperties are what every describe says of an object, in alphabetical order
// as the service has it.
var objectProperties = []property[object]{
	flag("activateable", never[object]),
	flag("createable", writable),
	flag("custom", object.Custom),
	flag("customSetting", never[object]),
	flag("deletable", writable),
	flag("deprecatedAndHidden", never[object]),
	flag("feedEnabled", never[object]),
	text("keyPrefix", func(o object) string { return o.KeyPrefix }),
	text("label", func(o object) string { return o.Label }),
	text("labelPlural", func(o object) string { return o.Plural }),
	flag("layoutable", never[object]),
	flag("mergeable", never[object]),
	flag("mruEnabled", never[object]),
	text("name", func(o object) string { return o.Name }),
	flag("queryable", always[object]),
	flag("replicateable", never[object]),
	flag("retrieveable", always[object]),
	flag("searchable", never[object]),
	flag("triggerable", never[object]),
	flag("undeletable", never[object]),
	flag("updateable", writable),
}

// describeProperties are objectProperties with the fields in their alphabetical place.
var describeProperties = func() []property[object] {
	var list []property[object]
	for _, p := range objectProperties {
		list = append(list, p)
		if p.name == "feedEnabled" {
			list = append(list, property[object]{name: "fields", kind: "tns:Field", repeats: true, write: writeFields})
		}
	}
	return list
}()
