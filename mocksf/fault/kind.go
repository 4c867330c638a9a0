package fault

import "github.com/sfconform/sfconform/mocksf/exchange"

// Kind is what a fault does.
type Kind string

// The kinds of faults.
const (
	// Refusal answers with a refusal of the catalogue.
	Refusal Kind = "refusal"
	// Status answers with an HTTP status, bare or with a body.
	Status Kind = "status"
	// Empty answers with an empty body under the content type of a full one.
	Empty Kind = "empty"
	// Redirect answers with a redirect.
	Redirect Kind = "redirect"
	// Maintenance answers with the page of an org under maintenance.
	Maintenance Kind = "maintenance"
	// HTML answers 200 with a page, as a proxy or a login page in between does.
	HTML Kind = "html"
	// Truncate announces the whole body and sends half of it.
	Truncate Kind = "truncate"
	// Reset resets the connection (TCP RST). Over HTTP/2 it resets the stream.
	Reset Kind = "reset"
	// Hang sends nothing, or nothing more, and keeps the connection until the client
	// goes away or the server closes.
	Hang Kind = "hang"
	// Slow holds the right answer back.
	Slow Kind = "slow"
	// Drip sends the head of the right answer at once, and its body byte by byte.
	Drip Kind = "drip"
	// Large pads the right answer, which stays the same JSON but for one member.
	Large Kind = "large"
	// ContentType sends the right answer under a wrong content type.
	ContentType Kind = "content-type"
	// Encode sends the right answer in a chosen coding.
	Encode Kind = "encoding"
)

// kinds says of each kind what it does, and which fields it needs and takes besides.
var kinds = []struct {
	kind         Kind
	about        string
	needs, takes []string
	effect       func(Fault, *exchange.Request) Effect
}{
	{Refusal, "answers with a refusal of the catalogue, under its own or another status", []string{"refusal"}, []string{"status", "shape", "retryAfter"}, refused},
	{Status, "answers with an HTTP status, bare or with a body", []string{"status"}, []string{"body", "contentType", "retryAfter"}, bare},
	{Empty, "answers with an empty body under the content type of a full one", nil, []string{"status", "contentType", "retryAfter"}, empty},
	{Redirect, "redirects", []string{"status", "location"}, []string{"retryAfter"}, redirected},
	{Maintenance, "answers with the page of an org under maintenance", nil, []string{"retryAfter"}, maintained},
	{HTML, "answers 200 with a page where JSON is expected", nil, nil, paged},
	{Truncate, "announces the whole body, sends half of it and closes the connection", nil, nil, func(Fault, *exchange.Request) Effect { return Effect{Truncate: true} }},
	{Reset, "resets the connection (TCP RST)", nil, []string{"where"}, func(f Fault, _ *exchange.Request) Effect { return Effect{Cut: f.Where.orBefore()} }},
	{Hang, "sends nothing (more) until the client goes away or the server closes", nil, []string{"where"}, func(f Fault, _ *exchange.Request) Effect { return Effect{Hang: f.Where.orBefore()} }},
	{Slow, "holds the right answer back", []string{"delay"}, nil, func(Fault, *exchange.Request) Effect { return Effect{} }},
	{Drip, "sends the head of the right answer at once and its body byte by byte", []string{"interval"}, nil, dripped},
	{Large, "pads the right answer to a size; it stays valid JSON", []string{"size"}, nil, func(f Fault, _ *exchange.Request) Effect { return Effect{Size: f.Size} }},
	{ContentType, "sends the right answer under a wrong content type", nil, []string{"contentType"}, func(f Fault, _ *exchange.Request) Effect { return Effect{ContentType: wrongType(f)} }},
	{Encode, "sends the right answer in a chosen coding", []string{"encoding"}, nil, func(f Fault, _ *exchange.Request) Effect { return Effect{Encoding: f.Encoding} }},
}

// Values lists the kinds of faults.
func (Kind) Values() []string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = string(k.kind)
	}
	return names
}

// About is a kind of fault in words, with its fields beside those that all faults have.
type About struct {
	Kind  Kind     `json:"kind"`
	Does  string   `json:"does"`
	Needs []string `json:"needs,omitempty"`
	Takes []string `json:"takes,omitempty"`
}

// Kinds tells what kinds of faults there are.
func Kinds() []About {
	list := make([]About, len(kinds))
	for i, k := range kinds {
		list[i] = About{k.kind, k.about, k.needs, k.takes}
	}
	return list
}
