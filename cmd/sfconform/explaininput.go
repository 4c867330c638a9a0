package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/explain"
)

// text is what is to be explained: the arguments, the file or the standard input.
func (f explainFlags) text(w world, args []string) (string, error) {
	given := strings.Join(args, " ")
	switch {
	case f.file != "" && given != "":
		return "", usageError("--file and a text were given: leave one out")
	case f.file != "":
		return readClipped(f.file)
	case given != "" && given != "-":
		return given, nil
	case given == "" && fromTerminal(w.stdin):
		return "", usageError("no text: give it as argument, by --file FILE, or on the standard input (sfconform explain - <FILE)")
	}
	text, err := clipped(w.stdin)
	if err != nil {
		return "", usageError("the standard input cannot be read: %w", err)
	}
	if strings.TrimSpace(text) == "" {
		return "", usageError("no text: the standard input is empty (see sfconform explain --help)")
	}
	return text, nil
}

func readClipped(name string) (string, error) {
	file, err := os.Open(name) //nolint:gosec // the user names the file
	if err != nil {
		return "", usageError("--file: %w", err)
	}
	defer func() { _ = file.Close() }()
	text, err := clipped(file)
	if err != nil {
		return "", usageError("--file: %w", err)
	}
	if strings.TrimSpace(text) == "" {
		return "", usageError("--file: %s is empty", name)
	}
	return text, nil
}

// clipped is the text of a reader; of a long one the beginning and the end, and in
// memory never more than these.
func clipped(r io.Reader) (string, error) {
	const half = explain.MaxInput/2 + 1
	head, err := io.ReadAll(io.LimitReader(r, half))
	if err != nil || len(head) < half {
		return string(head), err
	}
	var tail []byte
	chunk := make([]byte, 256<<10)
	for {
		n, err := r.Read(chunk)
		tail = append(tail, chunk[:n]...)
		if len(tail) > 4*half {
			tail = append(tail[:0], tail[len(tail)-half:]...)
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return "", err
		}
	}
	return string(head) + string(tail[max(0, len(tail)-half):]), nil
}

// fromTerminal says whether nobody has piped anything in.
func fromTerminal(r io.Reader) bool {
	file, ok := r.(*os.File)
	if !ok {
		return r == nil
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// context is what is known besides the text.
func (f explainFlags) context(ctx context.Context, w world) (explain.Context, error) {
	known := explain.Context{ClientID: f.clientID, LoginURL: f.loginURL}
	if f.org != "" {
		data, err := w.readFile(f.org)
		if err != nil {
			return known, usageError("--org: %w", err)
		}
		org, _, err := fixtures.LoadOrg(f.org, data, w.readFile)
		if err != nil {
			return known, usageError("--org: %w", err)
		}
		known.Org = &org
	}
	if f.project != "" {
		org, err := projectOrg(f.project, known.Org)
		if err != nil {
			return known, err
		}
		known.Org = org
	}
	if f.control == "" {
		return known, nil
	}
	decisions, err := f.decisions(ctx)
	known.Decisions = decisions
	return known, err
}

// decisions are what the running fake refused lately.
func (f explainFlags) decisions(ctx context.Context) ([]explain.Decision, error) {
	at, err := address("--control", f.control)
	if err != nil {
		return nil, err
	}
	c := newControl(at)
	if err := c.greet(ctx); err != nil {
		return nil, err
	}
	var journal struct {
		Exchanges []struct {
			Refusal fixtures.RefusalID `json:"refusal"`
			Check   string             `json:"check"`
			Grant   fixtures.Grant     `json:"grant"`
			Host    string             `json:"host"`
			App     string             `json:"app"`
		} `json:"exchanges"`
	}
	if err := c.call(ctx, http.MethodGet, "/journal?last=200", nil, &journal); err != nil {
		return nil, harnessError(fmt.Errorf("--control: %w", err))
	}
	var list []explain.Decision
	for _, e := range journal.Exchanges {
		if e.Refusal != "" {
			list = append(list, explain.Decision{Refusal: e.Refusal, Check: e.Check, Grant: e.Grant, Host: e.Host, App: e.App})
		}
	}
	return list, nil
}
