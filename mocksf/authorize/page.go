package authorize

import (
	"bytes"
	"html/template"
	"maps"
	"net/http"
	"slices"
	"sync"

	"github.com/sfconform/sfconform/mocksf/exchange"
)

const htmlType = "text/html;charset=UTF-8"

// markup is the fake's own page: it stands for Salesforce's login and approval pages
// and does not look like them.
const markup = `<!DOCTYPE html>
<html lang="en">
<head><meta charset="UTF-8"><title>Allow Access?</title></head>
<body>
<h1>Allow Access?</h1>
<p>This is a fake org. {{.App}} asks for: {{range $i, $s := .Scopes}}{{if $i}}, {{end}}{{$s}}{{end}}</p>
<form method="post" action="{{.Action}}">
{{- range .Hidden}}
<input type="hidden" name="{{.Name}}" value="{{.Value}}">
{{- end}}
<label>Log in as <select name="{{.UserParameter}}">
{{- range .Users}}
<option{{if eq . $.Hint}} selected{{end}}>{{.}}</option>
{{- end}}
</select></label>
<input type="submit" name="{{.DecisionParameter}}" value="{{.Allow}}">
<input type="submit" name="{{.DecisionParameter}}" value="{{.Deny}}">
</form>
</body>
</html>
`

// pageTemplate is read on first use: most runs never show the page.
var pageTemplate = sync.OnceValue(func() *template.Template { return template.Must(template.New("page").Parse(markup)) })

// hiddenField repeats a parameter of the request.
type hiddenField struct{ Name, Value string }

// page asks the person who he is and what he decides.
func (a *authorization) page() exchange.Answer {
	data := struct {
		App, Action, Hint                             string
		UserParameter, DecisionParameter, Allow, Deny string
		Scopes, Users                                 []string
		Hidden                                        []hiddenField
	}{
		App: a.app.Label, Action: Path, Hint: a.form.Get("login_hint"),
		UserParameter: userParameter, DecisionParameter: decisionParameter, Allow: allow, Deny: deny,
		Scopes: a.granted(), Users: a.users(), Hidden: a.hidden(),
	}
	var b bytes.Buffer
	if err := pageTemplate().Execute(&b, data); err != nil {
		panic("authorize: the template fits its data: " + err.Error())
	}
	return exchange.Answer{
		Status: http.StatusOK, ContentType: htmlType, Body: b.Bytes(),
		// No form-action: browsers hold the redirect behind the form to it, and a callback URL may be of any scheme.
		Header: map[string]string{"X-Frame-Options": "DENY", "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"},
	}
}

// users are the names of those who can log in.
func (a *authorization) users() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(a.request.Org.Users)), func(name string) bool { return a.canLogIn(name) == nil })
}

// hidden are the request's parameters, each once, without those of the page.
func (a *authorization) hidden() []hiddenField {
	var fields []hiddenField
	for _, name := range slices.Sorted(maps.Keys(a.form.Values())) {
		if name != userParameter && name != decisionParameter {
			fields = append(fields, hiddenField{name, a.form.Get(name)})
		}
	}
	return fields
}
