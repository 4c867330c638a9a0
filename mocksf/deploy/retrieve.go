package deploy

import (
	"maps"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata/source"
	"github.com/sfconform/sfconform/mocksf/records"
	"github.com/sfconform/sfconform/mocksf/soap"
)

// retrieveResult is a RetrieveResult of the Metadata API, in the order of its WSDL.
type retrieveResult struct {
	Done       bool              `xml:"done"`
	Error      string            `xml:"errorMessage,omitempty"`
	ErrorCode  string            `xml:"errorStatusCode,omitempty"`
	Properties []fileProperties  `xml:"fileProperties"`
	ID         string            `xml:"id"`
	Messages   []retrieveMessage `xml:"messages"`
	Status     string            `xml:"status"`
	Success    bool              `xml:"success"`
	ZipFile    string            `xml:"zipFile,omitempty"`
}

// retrieveMessage tells of a component that was not found.
type retrieveMessage struct {
	FileName string `xml:"fileName"`
	Problem  string `xml:"problem"`
}

// fileProperties are a FileProperties of the Metadata API.
type fileProperties struct {
	CreatedByID     string `xml:"createdById"`
	CreatedByName   string `xml:"createdByName"`
	CreatedDate     string `xml:"createdDate"`
	FileName        string `xml:"fileName"`
	FullName        string `xml:"fullName"`
	ID              string `xml:"id"`
	ModifiedByID    string `xml:"lastModifiedById"`
	ModifiedByName  string `xml:"lastModifiedByName"`
	ModifiedDate    string `xml:"lastModifiedDate"`
	ManageableState string `xml:"manageableState"`
	Type            string `xml:"type"`
}

// wish is what a retrieve asks for.
type wish struct {
	question soap.Question
	version  int
	// members are the names by type, "*" among them.
	members map[string][]string
	// packages are the names of packages, of which the fake org has none.
	packages      []string
	singlePackage bool
}

// wishOf reads a RetrieveRequest, which clients name in two ways: jsforce drops the
// first word of the WSDL's retrieveRequest.
func wishOf(q soap.Question) wish {
	p := q.Params.Child("retrieveRequest")
	if !q.Params.Has("retrieveRequest") {
		p = q.Params.Child("request")
	}
	listed := p.Child("unpackaged")
	w := wish{question: q, version: q.Version, members: map[string][]string{}, singlePackage: p.Text("singlePackage") == "true"}
	w.packages = p.Texts("packageNames")
	for _, text := range []string{p.Text("apiVersion"), listed.Text("version")} {
		if v, err := source.ParseVersion(text); err == nil {
			w.version = v
		}
	}
	for _, t := range listed.Children("types") {
		w.members[t.Text("name")] = append(w.members[t.Text("name")], t.Texts("members")...)
	}
	return w
}

// retrieve gathers the components that are asked for, as the newest state of the org
// has them: what was deployed can be retrieved at once.
func (s *Service) retrieve(w wish) *request {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.catchUp(w.question.Request.Now)
	r := &request{id: s.requests.nextID(retrievePrefix)}
	r.retrieve = &retrieveResult{Done: true, ID: r.id, Status: statusSucceeded, Success: true}
	fail := func(code, message string) {
		r.retrieve = &retrieveResult{Done: true, ID: r.id, Status: statusFailed, Error: message, ErrorCode: code}
	}
	if len(w.packages) > 0 {
		fail(codeReference, codeReference+": "+text("package-not-found", "name", w.packages[0]))
	} else if err := s.gather(w, r.retrieve); err != nil {
		fail(codeUnknown, err.Error())
	}
	s.requests.keep(r)
	return r
}

// gather makes the zip file of a retrieve. The error names the app whose files cannot
// be written.
func (s *Service) gather(w wish, to *retrieveResult) error {
	config := s.org.Config()
	have := inventory(config, s.files, w.version)
	files, listed := map[string][]byte{}, map[string][]string{}
	for _, typeName := range slices.Sorted(maps.Keys(w.members)) {
		found, missing := chosen(have, typeName, w.members[typeName])
		for _, name := range missing {
			problem := text("entity-not-found", "type", typeName, "name", name)
			to.Messages = append(to.Messages, retrieveMessage{w.folder() + source.ManifestFile, problem})
		}
		for _, e := range found {
			data, err := render(e, config, s.files, w.version)
			if err != nil {
				return err
			}
			files[w.folder()+e.path()] = data
			listed[typeName] = append(listed[typeName], e.name)
			to.Properties = append(to.Properties, s.properties(w.question, e, w.folder()))
		}
	}
	files[w.folder()+source.ManifestFile] = manifest(listed, w.version)
	var err error
	to.ZipFile, err = pack(files)
	return err
}

// folder is the one around the files of a retrieve.
func (w wish) folder() string {
	if w.singlePackage {
		return ""
	}
	return "unpackaged/"
}

// chosen are the components of a type that are asked for by name or by "*".
func chosen(have map[key]entry, typeName string, members []string) (found []entry, missing []string) {
	all := slices.Contains(members, "*")
	for _, name := range members {
		e, there := have[keyOf(typeName, name)]
		switch {
		case name == "*" || there && all:
		case there:
			found = append(found, e)
		default:
			missing = append(missing, name)
		}
	}
	for k, e := range have {
		if all && k.typeName == typeName {
			found = append(found, e)
		}
	}
	slices.SortFunc(found, func(a, b entry) int { return strings.Compare(a.name, b.name) })
	return slices.CompactFunc(found, func(a, b entry) bool { return a.name == b.name }), missing
}

// properties are those of one component. What no deploy brought was made with the
// org, by nobody in particular: the asking user stands in.
func (s *Service) properties(q soap.Question, e entry, folder string) fileProperties {
	at, id := q.Request.Now.UTC().Format(wireTime), q.User.ID
	if f, ok := s.files[keyOf(e.typ.Name, e.name)]; ok {
		at, id = f.at, f.user
	}
	name := records.FullName(q.User)
	if u := q.Request.Org.UserByID(id); u != nil {
		name = records.FullName(u)
	}
	return fileProperties{
		CreatedByID: id, CreatedByName: name, CreatedDate: at, FileName: folder + e.path(), FullName: e.name,
		ID: componentID(e), ModifiedByID: id, ModifiedByName: name, ModifiedDate: at, ManageableState: "unmanaged", Type: e.typ.Name,
	}
}

// componentID is known for the header alone (idx:55447507171); other components
// have none to show.
func componentID(e entry) string {
	if e.typ.Name == "ExternalClientApplication" {
		return fixtures.DeriveID("0xI", "Ak", "app\n"+e.app)
	}
	return ""
}
