package journal

import (
	"net/url"
	"slices"
	"strconv"
)

// Params shows the parameters of a request, by name, each value of a repeated one
// for itself. Of more than 32 the first by name are shown, and how many there are.
func Params(values url.Values) []Param {
	if len(values) == 0 {
		return nil
	}
	total := 0
	for _, list := range values {
		total += len(list)
	}
	params := make([]Param, 0, min(total, maxParams+1))
	for _, name := range firstNames(values) {
		for _, value := range values[name] {
			if len(params) == maxParams {
				break
			}
			params = append(params, redactParam(name, value))
		}
	}
	if more := total - len(params); more > 0 {
		params = append(params, Param{ellipsis, "[redacted " + strconv.Itoa(more) + " parameters]", true})
	}
	return params
}

// firstNames are the first names in order, no more than can be shown: a body can
// hold hundreds of thousands, too many to sort for a journal.
func firstNames(values url.Values) []string {
	names := make([]string, 0, min(len(values), maxParams)+1)
	for name := range values {
		if len(names) == maxParams && name > names[maxParams-1] {
			continue
		}
		at, _ := slices.BinarySearch(names, name)
		names = slices.Insert(names, at, name)
		names = names[:min(len(names), maxParams)]
	}
	return names
}
