package flows

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// idempotencyKey marks a request that may be repeated without repeating its effect, as it does for net/http. With an
// empty list of values the header is not sent.
const idempotencyKey = "Idempotency-Key"

// saveResult is the answer to a write of one record.
type saveResult struct {
	ID      string     `json:"id"`
	Success *bool      `json:"success"`
	Created bool       `json:"created"`
	Errors  []apiFault `json:"errors"`
}

// Create inserts one record and returns its id. It is never repeated after a failure that may have come after its
// effect: the [*APIError] then says to look before repeating it. Use [Client.Upsert] where a repeat has to be harmless.
func (c *Client) Create(ctx context.Context, version, object string, fields map[string]any) (id string, err error) {
	result, err := c.save(ctx, http.MethodPost, version, fields, object)
	if err != nil {
		return "", err
	}
	if result.ID == "" {
		return "", fmt.Errorf("flows: the %s was inserted, but the answer does not name its id: look before repeating it", object)
	}
	return result.ID, nil
}

// Upsert inserts the record with this value of an external id field, or updates it if there is one; it reports which.
// Repeating it does no harm, so that a passing failure is tried again as that of a read is.
func (c *Client) Upsert(ctx context.Context, version, object, field, value string, fields map[string]any) (created bool, err error) {
	result, err := c.save(ctx, http.MethodPatch, version, fields, object, field, value)
	return result.Created, err
}

// save writes one record at the resource that the segments name below sobjects.
func (c *Client) save(ctx context.Context, method, version string, fields map[string]any, segments ...string) (saveResult, error) {
	request, err := saveRequest(ctx, method, version, fields, segments)
	if err != nil {
		return saveResult{}, err
	}
	response, err := c.Do(request)
	if err != nil {
		return saveResult{}, err
	}
	defer func() { _ = response.Body.Close() }()
	body, err := readLimited(response.Body, maxBody)
	if err != nil {
		return saveResult{}, fmt.Errorf("flows: %s was written, but the answer broke off: %w", segments[0], err)
	}
	if len(bytes.TrimSpace(body)) == 0 { // older versions answer an update with 204
		return saveResult{}, nil
	}
	return readSaveResult(segments[0], body)
}

func saveRequest(ctx context.Context, method, version string, fields map[string]any, segments []string) (*http.Request, error) {
	version, err := ParseAPIVersion(version)
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(fields)
	if err != nil {
		return nil, fmt.Errorf("flows: the fields of %s are not JSON: %w", segments[0], err)
	}
	escaped := make([]string, len(segments))
	for i, segment := range segments {
		escaped[i] = url.PathEscape(segment)
	}
	path := "/services/data/" + version + "/sobjects/" + strings.Join(escaped, "/")
	request, err := http.NewRequestWithContext(ctx, method, path, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("flows: the path of the write is malformed: %q", path)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "application/json")
	if method == http.MethodPatch {
		request.Header[idempotencyKey] = []string{}
	}
	return request, nil
}

func readSaveResult(object string, body []byte) (saveResult, error) {
	var result saveResult
	if err := json.Unmarshal(body, &result); err != nil || result.Success == nil {
		return saveResult{}, fmt.Errorf("flows: %s was written, but the answer is not a save result: look before repeating it", object)
	}
	if !*result.Success {
		reason := "without a reason"
		if len(result.Errors) > 0 {
			reason = foreignText(result.Errors[0].code()+": "+result.Errors[0].message(), nil)
		}
		return saveResult{}, fmt.Errorf("flows: %s was not written: %s", object, reason)
	}
	return result, nil
}
