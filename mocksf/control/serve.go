package control

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/sfconform/sfconform/fixtures/spell"
)

// maxBody is the size in bytes above which a request is refused unread.
const maxBody = 1 << 20

var errTooLarge = errors.New("control: the request body is larger than 1 MiB")

func readBody(r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if err != nil {
		return nil, fmt.Errorf("control: the request body did not arrive: %w", err)
	}
	if len(body) > maxBody {
		return nil, errTooLarge
	}
	return body, nil
}

// serve finds the org, runs the handler and writes what it returns.
func (a *api) serve(h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		org, err := a.find(r.URL.Query().Get("org"))
		if err != nil {
			write(w, http.StatusNotFound, problem{err.Error()})
			return
		}
		value, err := h(org, r)
		switch {
		case errors.Is(err, errTooLarge):
			write(w, http.StatusRequestEntityTooLarge, problem{err.Error()})
		case err != nil:
			write(w, http.StatusBadRequest, problem{err.Error()})
		default:
			write(w, http.StatusOK, value)
		}
	}
}

func (a *api) find(name string) (Org, error) {
	if name == "" {
		name = a.names[0]
	}
	if org, ok := a.orgs[name]; ok {
		return org, nil
	}
	return nil, fmt.Errorf("control: no org is called %q: there are %s", name, strings.Join(a.names, ", "))
}

// problem is the body of every refusal of the control API.
type problem struct {
	Error string `json:"error"`
}

// index is the answer to GET /.
type index struct {
	Orgs      []string `json:"orgs"`
	Endpoints []about  `json:"endpoints"`
}

type about struct {
	Request string `json:"request"`
	Does    string `json:"does"`
}

// unknown answers everything that is no endpoint: GET / with the list of them.
func (a *api) unknown(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/" && r.Method == http.MethodGet {
		list := index{Orgs: a.names}
		for _, e := range endpoints {
			list.Endpoints = append(list.Endpoints, about{e.method + " " + e.path, e.about})
		}
		write(w, http.StatusOK, list)
		return
	}
	var paths []string
	for _, e := range endpoints {
		paths = append(paths, e.path)
		if pathMatches(e.path, r.URL.Path) {
			write(w, http.StatusMethodNotAllowed, problem{fmt.Sprintf("control: %s does not take %s: GET / lists what there is", e.path, r.Method)})
			return
		}
	}
	message := fmt.Sprintf("control: there is no %s: GET / lists what there is", r.URL.Path)
	if near := spell.Nearest(r.URL.Path, paths); near != "" {
		message = fmt.Sprintf("control: there is no %s: did you mean %s?", r.URL.Path, near)
	}
	write(w, http.StatusNotFound, problem{message})
}

// pathMatches says whether the path is of an endpoint's pattern, whose last step may be a name.
func pathMatches(pattern, path string) bool {
	head, named := strings.CutSuffix(pattern, "{name}")
	return pattern == path || named && strings.HasPrefix(path, head)
}

func write(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	// A client that has gone has no use for the error.
	_ = e.Encode(value)
}
