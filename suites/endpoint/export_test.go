package endpoint

// Read is what the suite makes of a body: its summary, its keys and a field.
func Read(status int, body []byte, path string) (summary string, keys []string, field string, secrets []string) {
	a := answer{status: status, body: body}
	return a.summary(), a.keys(), a.text(path), a.secrets()
}

// Glob is the matching of wanted fields.
var Glob = glob
