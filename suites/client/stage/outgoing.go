package stage

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"io"
	"maps"
	"net"
	"net/http"
	"slices"
	"strconv"

	"github.com/sfconform/sfconform/suites/client/evidence"
)

// outgoing is the way of an answer to the client: it is held back until it is whole,
// altered, recorded and sent. What the org sends bit by bit passes as it comes.
type outgoing struct {
	w        http.ResponseWriter
	stage    *Stage
	exchange *evidence.Exchange
	due      []*cue
	header   http.Header
	status   int
	body     bytes.Buffer
	sent     bool
	// flushed says that the org has sent the header before a body that is held back.
	flushed bool
}

// Header implements http.ResponseWriter.
func (o *outgoing) Header() http.Header { return o.header }

// WriteHeader implements http.ResponseWriter.
func (o *outgoing) WriteHeader(status int) { o.status = status }

// Unwrap gives http.ResponseController the connection.
func (o *outgoing) Unwrap() http.ResponseWriter { return o.w }

// Write implements http.ResponseWriter.
func (o *outgoing) Write(p []byte) (int, error) {
	if !o.sent {
		return o.body.Write(p)
	}
	n, err := o.w.Write(p)
	o.stage.wrote(o.exchange, p[:n], n)
	return n, err
}

// FlushError sends what there is, unless that is to be altered and may not be all.
func (o *outgoing) FlushError() error {
	if !o.sent && o.isAltered() && o.body.Len() == 0 && o.whole() {
		o.flushed = true
		return nil
	}
	o.finish()
	return http.NewResponseController(o.w).Flush()
}

// isAltered says that the scenario alters the answer.
func (o *outgoing) isAltered() bool {
	return slices.ContainsFunc(o.due, func(c *cue) bool { return c.alter != nil })
}

// Hijack gives the connection to whoever breaks it off; nothing is sent after that.
func (o *outgoing) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, buffered, err := http.NewResponseController(o.w).Hijack()
	if err == nil {
		o.sent = true
		o.stage.broke(o.exchange)
	}
	return conn, buffered, err
}

// send takes an answer that the stage gives.
func (o *outgoing) send(a Answer) {
	maps.Copy(o.header, a.Header)
	o.status = a.Status
	o.body.Write(a.Body)
}

// finish sends the answer, once.
func (o *outgoing) finish() {
	if o.sent {
		return
	}
	o.sent = true
	if o.status == 0 {
		o.status = http.StatusOK
	}
	// What nobody alters goes as it came: to pack it anew would put an empty member
	// before a compressed body whose header is sent first, and not every reader of gzip
	// reads on behind the first member.
	if o.isAltered() && o.whole() {
		o.alter()
	}
	body := o.body.Bytes()
	o.stage.responded(o.exchange, o.status, o.header)
	maps.Copy(o.w.Header(), o.header)
	o.w.WriteHeader(o.status)
	// A client that has gone has no use for the error.
	n, _ := o.w.Write(body)
	o.stage.wrote(o.exchange, body[:n], n)
	if o.flushed {
		_ = http.NewResponseController(o.w).Flush()
	}
}

// plain is a body as a reader understands it.
func plain(h http.Header, body []byte) []byte {
	if h.Get("Content-Encoding") == "gzip" {
		return unzip(body)
	}
	return body
}

// whole says that all of the body is there, so that it can be altered: a length that
// is announced and not met is to break off.
func (o *outgoing) whole() bool {
	length := o.header.Get("Content-Length")
	return length == "" || length == strconv.Itoa(o.body.Len())
}

// alter does to the answer what the stage and the scenario want, on the plain body.
func (o *outgoing) alter() {
	zipped := o.header.Get("Content-Encoding") == "gzip"
	a := Answer{Status: o.status, Header: o.header, Body: bytes.Clone(plain(o.header, o.body.Bytes()))}
	for _, c := range o.due {
		if c.alter != nil {
			o.stage.note(o.exchange, c.name)
			c.alter(&a)
		}
	}
	o.status, o.header = a.Status, a.Header
	if zipped = zipped && o.header.Get("Content-Encoding") == "gzip"; zipped {
		a.Body = zip(a.Body)
	}
	if o.header.Get("Content-Length") != "" {
		o.header.Set("Content-Length", strconv.Itoa(len(a.Body)))
	}
	o.body.Reset()
	o.body.Write(a.Body)
}

func unzip(body []byte) []byte {
	r, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return body
	}
	plain, err := io.ReadAll(io.LimitReader(r, mostBody))
	if err != nil {
		return body
	}
	return plain
}

func zip(body []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	// A buffer takes every write.
	_, _ = w.Write(body)
	_ = w.Close()
	return b.Bytes()
}
