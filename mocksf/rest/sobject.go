package rest

import (
	"errors"
	"strings"

	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/records"
)

// summary is what the list of objects says of each, in alphabetical order as the service has it.
type summary struct {
	Activateable        bool            `json:"activateable"`
	Createable          bool            `json:"createable"`
	Custom              bool            `json:"custom"`
	CustomSetting       bool            `json:"customSetting"`
	Deletable           bool            `json:"deletable"`
	DeprecatedAndHidden bool            `json:"deprecatedAndHidden"`
	FeedEnabled         bool            `json:"feedEnabled"`
	KeyPrefix           string          `json:"keyPrefix"`
	Label               string          `json:"label"`
	LabelPlural         string          `json:"labelPlural"`
	Layoutable          bool            `json:"layoutable"`
	Mergeable           bool            `json:"mergeable"`
	Name                string          `json:"name"`
	Queryable           bool            `json:"queryable"`
	Replicateable       bool            `json:"replicateable"`
	Retrieveable        bool            `json:"retrieveable"`
	Searchable          bool            `json:"searchable"`
	Triggerable         bool            `json:"triggerable"`
	Undeletable         bool            `json:"undeletable"`
	Updateable          bool            `json:"updateable"`
	URLs                exchange.Object `json:"urls"`
}

func summarize(r *exchange.Request, o *records.Object) summary {
	path := root(r) + "/sobjects/" + o.Name
	return summary{
		Custom: o.Custom(), KeyPrefix: o.KeyPrefix, Label: o.Label, LabelPlural: o.Plural, Name: o.Name,
		Queryable: true, Retrieveable: true,
		Createable: !o.ReadOnly, Updateable: !o.ReadOnly, Deletable: !o.ReadOnly,
		URLs: exchange.Object{
			{Name: "rowTemplate", Value: path + "/{ID}"},
			{Name: "describe", Value: path + "/describe"},
			{Name: "sobject", Value: path},
		},
	}
}

func (a *api) listObjects(r *exchange.Request, _ *access) exchange.Answer {
	list := struct {
		Encoding     string    `json:"encoding"`
		MaxBatchSize int       `json:"maxBatchSize"`
		Objects      []summary `json:"sobjects"`
	}{Encoding: "UTF-8", MaxBatchSize: 200}
	for _, o := range a.records.Objects(r.Org) {
		list.Objects = append(list.Objects, summarize(r, o))
	}
	return exchange.JSON(list)
}

func (a *api) objectInfo(r *exchange.Request, _ *access) exchange.Answer {
	o := a.records.Object(r.Org, r.Value("type"))
	if o == nil {
		return exchange.Refuse(&a.notFound)
	}
	return exchange.JSON(struct {
		Describe summary           `json:"objectDescribe"`
		Recent   []exchange.Object `json:"recentItems"`
	}{summarize(r, o), []exchange.Object{}})
}

// record answers with one record, whole or with the fields that were asked for.
func (a *api) record(r *exchange.Request, _ *access) exchange.Answer {
	return a.recordWith(r, r.Value("id"))
}

// recordByExternalID is record by another name than the id.
func (a *api) recordByExternalID(r *exchange.Request, _ *access) exchange.Answer {
	id, err := a.records.IDByExternalID(r.Org, r.Value("type"), r.Value("field"), r.Value("value"))
	if err != nil {
		return a.refuseRecord(r, body{}, err)
	}
	return a.recordWith(r, id)
}

func (a *api) recordWith(r *exchange.Request, id string) exchange.Answer {
	var fields []string
	if list := r.Query.Get("fields"); list != "" {
		fields = strings.Split(list, ",")
	}
	rec, err := a.records.Get(r.Org, r.Value("type"), id, fields)
	var e *records.Error
	switch {
	case err == nil:
		return exchange.JSON(encode(r, rec))
	case errors.As(err, &e) && e.Reason == records.UnknownField:
		return exchange.RefuseWith(&a.unknownField, "place", "", "field", e.Fields[0], "type", e.Object)
	}
	return a.refuseRecord(r, body{}, err)
}
