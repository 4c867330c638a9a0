package deploy

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"strings"

	"github.com/sfconform/sfconform/mocksf/exchange"
)

// maxOptions bounds the part with the deploy's options, in bytes.
const maxOptions = 64 << 10

// errBody says that the body is not that of a deploy.
var errBody = errors.New("deploy: the body is no multipart/form-data with deployOptions and a zip file")

// parseBody reads the zip file and the options of a REST deploy. Parts are told by
// their content type: clients call them differently.
func parseBody(r *exchange.Request) (archive []byte, o Options, err error) {
	media, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || media != "multipart/form-data" || r.TooLarge {
		return nil, o, errBody
	}
	parts, seen := multipart.NewReader(bytes.NewReader(r.Body), params["boundary"]), false
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, o, fmt.Errorf("deploy: %w", err)
		}
		if strings.HasPrefix(part.Header.Get("Content-Type"), "application/json") {
			seen = true
			if err := parseOptions(part, &o); err != nil {
				return nil, o, err
			}
			continue
		}
		if archive, err = io.ReadAll(part); err != nil {
			return nil, o, fmt.Errorf("deploy: %w", err)
		}
	}
	if !seen || archive == nil {
		return nil, o, errBody
	}
	return archive, o, nil
}

// parseOptions reads {"deployOptions": {...}}.
func parseOptions(part io.Reader, o *Options) error {
	body := struct {
		Options *Options `json:"deployOptions"`
	}{o}
	if err := json.NewDecoder(io.LimitReader(part, maxOptions)).Decode(&body); err != nil {
		return fmt.Errorf("deploy: deployOptions: %w", err)
	}
	return nil
}
