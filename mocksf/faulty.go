package mocksf

import (
	"context"
	"io"
	"net"
	"net/http"

	"github.com/sfconform/sfconform/mocksf/fault"
)

// write puts an answer on the wire as a fault has it, up to where it breaks off.
func (x reply) write(ctx context.Context, e fault.Effect) {
	setHeader(x.w.Header(), x.r, x.answer, x.id)
	p := pack(x.answer.Body, x.r.Header, e)
	p.announce(x.w.Header(), x.answer.Status)
	x.w.WriteHeader(x.answer.Status)
	x.flush()
	if x.r.Method == http.MethodHead || p.length == 0 {
		return
	}
	if e.BreaksOff() {
		p.length /= 2
	}
	// A client that has gone has no use for the error.
	_ = x.send(ctx, p, e)
	x.flush()
}

// send sends the payload byte by byte if it drips, in two parts if it is chunked by
// choice, and else at once.
func (x reply) send(ctx context.Context, p payload, e fault.Effect) error {
	if e.Drip > 0 {
		return x.drip(ctx, p, e)
	}
	if e.Encoding == fault.Chunked {
		if _, err := io.CopyN(x.w, p, p.length/2); err != nil {
			return err
		}
		x.flush()
		p.length -= p.length / 2
	}
	_, err := io.CopyN(x.w, p, p.length)
	return err
}

// drip sends a byte in each interval. An end of the context cuts the answer off.
func (x reply) drip(ctx context.Context, p payload, e fault.Effect) error {
	for range p.length {
		if err := e.Pause(ctx, nil); err != nil {
			panic(http.ErrAbortHandler)
		}
		if _, err := io.CopyN(x.w, p, 1); err != nil {
			return err
		}
		x.flush()
	}
	return nil
}

// flush sends what is written so far. A writer in memory has nothing to flush.
func (x reply) flush() { _ = http.NewResponseController(x.w).Flush() }

// cut resets the connection. Where it cannot be had (HTTP/2, in process, behind a
// writer that hides it) the answer is broken off; a whole answer stays whole there.
func cut(w http.ResponseWriter, at fault.Where) {
	conn, _, err := http.NewResponseController(w).Hijack()
	switch {
	case err == nil:
		reset(conn)
	case at != fault.After:
		panic(http.ErrAbortHandler)
	}
}

// reset closes a connection so that the other side gets a RST: with SO_LINGER 0, and
// without TLS's own goodbye.
func reset(conn net.Conn) {
	for {
		over, ok := conn.(interface{ NetConn() net.Conn })
		if !ok {
			break
		}
		conn = over.NetConn()
	}
	if tcp, ok := conn.(interface{ SetLinger(sec int) error }); ok {
		// A connection that is closed already needs no reset.
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}
