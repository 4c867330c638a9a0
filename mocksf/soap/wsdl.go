package soap

import (
	"embed"
	"encoding/xml"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"text/template"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/records"
	"github.com/sfconform/sfconform/mocksf/rule"
	"github.com/sfconform/sfconform/mocksf/session"
)

//go:embed wsdl.xml.tmpl
var wsdlFile embed.FS

// wsdlTemplate is read on first use: most runs never ask for a WSDL.
var wsdlTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("wsdl.xml.tmpl").Funcs(template.FuncMap{"xml": escaped}).ParseFS(wsdlFile, "wsdl.xml.tmpl"))
})

func escaped(value string) string {
	var b strings.Builder
	// A builder takes every write.
	_ = xml.EscapeText(&b, []byte(value))
	return b.String()
}

// wsdlRules let only those in who have a session, as the pages of Setup do.
var wsdlRules = []rule.Rule[session.State]{
	{Name: "wsdl-session-live", Refusal: "session-unknown", Holds: func(s session.State) bool { return s == session.Live }},
}

// wsdl answers with the WSDL of the API, made from the org's objects. On the real
// service a person downloads it in Setup > API; the fake takes an access token in
// the Authorization header.
func (s *service) wsdl(api fixtures.SOAPAPI) exchange.Handler {
	rules := rule.MustBind(wsdlRules)
	return func(r *exchange.Request) exchange.Answer {
		token, _ := session.TokenOf(r.Header.Get("Authorization"))
		_, state := s.sessions.Open(r.Org, token, r.Now)
		if failed := rules.Decide(r.Org, state); failed != nil {
			answer := exchange.Refuse(failed.Answer)
			answer.Note.Check = failed.Name
			return answer
		}
		d := &document{}
		if err := wsdlTemplate().Execute(d, s.describeAPI(r, api)); err != nil {
			panic("soap: the template fits its data: " + err.Error())
		}
		return exchange.Answer{Status: http.StatusOK, ContentType: contentType, Body: d.Bytes()}
	}
}

// description is what the template of a WSDL needs.
type description struct {
	Namespace, ObjectNamespace string
	Enterprise                 bool
	Address                    string
	Objects                    []wsdlType
	Results                    []wsdlType
	Operations                 []wsdlOperation
}

// wsdlType is one complex type.
type wsdlType struct {
	Name   string
	Fields []wsdlField
}

// wsdlField is one element of a complex type, Occurs its attributes.
type wsdlField struct{ Name, Kind, Occurs string }

// wsdlOperation is one operation: the type and the number of its results.
type wsdlOperation struct {
	Name           string
	Params         []wsdlField
	Result, Occurs string
}

func (s *service) describeAPI(r *exchange.Request, api fixtures.SOAPAPI) description {
	letter := map[fixtures.SOAPAPI]string{fixtures.EnterpriseAPI: "c", fixtures.PartnerAPI: "u"}[api]
	return description{
		Namespace: namespaces[api], ObjectNamespace: objectNamespace(api), Enterprise: api == fixtures.EnterpriseAPI,
		Address: fmt.Sprintf("%s/services/Soap/%s/%d.0/%s", r.InstanceURL(), letter, latestVersion, fixtures.ID15(r.Org.ID)),
		Objects: wsdlObjects(s.records.Objects(r.Org)), Results: wsdlResults(), Operations: wsdlOperations(),
	}
}

// wsdlObjects are the org's objects as types of the enterprise API, their fields and
// parents in the order in which records come.
func wsdlObjects(objects []*records.Object) []wsdlType {
	known := map[string]bool{}
	for _, o := range objects {
		known[o.Name] = true
	}
	var types []wsdlType
	for _, o := range objects {
		t := wsdlType{Name: o.Name}
		for _, f := range o.Fields {
			if f.Name != "Id" {
				t.Fields = append(t.Fields, wsdlField{Name: f.Name, Kind: soapType(f.Type)})
			}
			if known[f.ReferenceTo] && f.Relationship != "" {
				t.Fields = append(t.Fields, wsdlField{Name: f.Relationship, Kind: "ens:" + f.ReferenceTo})
			}
		}
		slices.SortFunc(t.Fields, func(a, b wsdlField) int { return strings.Compare(a.Name, b.Name) })
		types = append(types, t)
	}
	return types
}

// wsdlResults are the types of results that are made of properties.
func wsdlResults() []wsdlType {
	return []wsdlType{
		{"GetUserInfoResult", fieldsFrom(userProperties)},
		{"DescribeGlobalSObjectResult", fieldsFrom(objectProperties)},
		{"DescribeSObjectResult", fieldsFrom(describeProperties)},
		{"Field", fieldsFrom(fieldProperties)},
	}
}

func fieldsFrom[T any](properties []property[T]) []wsdlField {
	fields := make([]wsdlField, len(properties))
	for i, p := range properties {
		fields[i] = wsdlField{p.name, p.kind, ""}
		switch {
		case p.repeats:
			fields[i].Occurs = ` minOccurs="0" maxOccurs="unbounded"`
		case p.optional:
			fields[i].Occurs = ` minOccurs="0"`
		case p.nillable:
			fields[i].Occurs = ` nillable="true"`
		}
	}
	return fields
}

func wsdlOperations() []wsdlOperation {
	list := make([]wsdlOperation, 0, len(operations))
	for _, o := range operations {
		if o.login {
			continue
		}
		w := wsdlOperation{Name: o.name, Result: o.result, Occurs: o.resultOccurs()}
		for _, p := range o.params {
			w.Params = append(w.Params, wsdlField{p, "xsd:string", o.paramOccurs()})
		}
		list = append(list, w)
	}
	return list
}
